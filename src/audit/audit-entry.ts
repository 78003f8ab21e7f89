// What is written into the audit: who did what, to what, where and when.

import { storable } from '../lib/storable.ts';
import type { AuditEntry } from './chain.ts';

/** Fields with their values. A secret's value is never one: say `changed`. */
export type AuditFields = Readonly<Record<string, unknown>>;

/** A person who acts: an administrator, or whoever gave a consent. */
export interface AuditPerson {
  /** The Webex person; null where a notice of an earlier version knows the e-mail alone. */
  readonly personId: string | null;
  readonly email: string;
}

export interface AuditInput {
  /** `<thing>.<past participle>`, such as `organization.edited`. The thing's words are joined by underscores: `connect_link.shown`. */
  act: `${string}.${string}`;
  /** Who acted. `hubkeeper`: nobody asked for it, such as a connection that was lost. */
  by: AuditPerson | 'hubkeeper';
  /** The space in which it was asked for; null where none was. */
  roomId: string | null;
  organizationId?: string | null | undefined;
  /** As it is called now, or was called last: the entry outlives the record. Filled in where it is left out and the record is there. */
  organizationName?: string | null | undefined;
  /** The customer that it is about. Of an organization's entry it is filled in. */
  customerId?: string | null | undefined;
  /** The e-mail of the person that it is about. */
  person?: string | null | undefined;
  /** The fields that changed, as they were and as they are. */
  before?: AuditFields | null | undefined;
  after?: AuditFields | null | undefined;
  now: Date;
}

/** The entry's row, without what the chain adds. */
export function rowOf(input: AuditInput): Omit<AuditEntry, 'sequence' | 'hash'> {
  const { act, by, now, before, after } = input;
  const text = (value: string | null | undefined) => (value == null ? null : storable(value));
  const json = (fields: AuditFields | null | undefined) => (fields == null ? null : JSON.stringify(fields));
  // The database writes UUIDs in lower case, and the hash is of what it writes.
  const id = (value: string | null | undefined) => value?.toLowerCase() ?? null;
  return {
    at: now,
    act,
    byPersonId: by === 'hubkeeper' ? null : text(by.personId),
    byEmail: by === 'hubkeeper' ? null : text(by.email),
    roomId: text(input.roomId),
    organizationId: id(input.organizationId),
    organizationName: text(input.organizationName),
    customerId: id(input.customerId),
    person: text(input.person),
    before: json(before),
    after: json(after),
  };
}

/**
 * Those of the given fields in which the two differ, as an entry's `before` and `after`. Of a secret only that it changed is said.
 * @param options.secrets names of fields whose values nobody may read
 */
export function changedFields<Fields extends object>(
  before: Fields,
  after: Partial<Fields>,
  { secrets = [] }: { secrets?: readonly (keyof Fields)[] } = {},
): { before: AuditFields; after: AuditFields } {
  const names = (Object.keys(after) as (keyof Fields)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const of = (fields: Partial<Fields>) =>
    Object.fromEntries(names.map((name) => [name, secrets.includes(name) ? secretWord(fields[name]) : fields[name]]));
  return { before: of(before), after: of(after) };
}

const secretWord = (value: unknown) => (value == null ? null : 'changed');
