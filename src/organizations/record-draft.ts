// Keeps what was typed into the form of a record while a person decides, sealed: proxies hold passwords.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ClickInputs } from '../chat/click-inputs.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { recordDraftPlace } from '../db/seal/sealed-places.ts';
import type { Clock } from '../lib/clock.ts';
import { untypedSecrets } from './check-organization.ts';
import { ORGANIZATION_FIELDS, type SecretName } from './organization-fields.ts';
import { findDraftInScope, insertDraft } from './record-draft.store.ts';

/** After how many days a draft is deleted. */
export const draftDays = 1;

export interface RecordDraft {
  readonly id: string;
  readonly organizationId: string;
  readonly inputs: ClickInputs;
  /** The lacking scopes that the card has named. */
  readonly scopes: readonly string[];
  /** The record's `updatedAt` when the form was filled. */
  readonly seenAt: Date;
}

const inputsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Keeps the form's inputs, and returns the draft's id. */
export async function keepDraft(
  { db, sealer, clock }: { db: Db; sealer: Sealer; clock: Clock },
  { organizationId, inputs, scopes, seenAt }: Omit<RecordDraft, 'id'>,
): Promise<string> {
  const id = randomUUID();
  const fields = ORGANIZATION_FIELDS.flatMap(({ name }) => {
    const value = inputs[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const sealed = sealer.seal(JSON.stringify(Object.fromEntries(fields)), recordDraftPlace(id));
  const draft = { id, organizationId, inputs: sealed, scopes: [...scopes], seenAt, createdAt: clock.now() };
  await insertDraft(db, draft);
  return id;
}

/** The draft that a card names; undefined where it is deleted, or its organization is out of scope. */
export async function openDraft(
  { db, sealer }: { db: Db; sealer: Sealer },
  { scope, named }: { scope: Scope; named: unknown },
): Promise<RecordDraft | undefined> {
  const id = z.uuid().safeParse(named);
  const found = id.success ? await findDraftInScope(db, { scope, id: id.data }) : undefined;
  if (!found) return undefined;
  return { ...found, inputs: inputsSchema.parse(JSON.parse(sealer.open(found.inputs, recordDraftPlace(found.id)))) };
}

/** The secrets that the draft holds: no form can show them. */
export function secretsOf({ inputs }: Pick<RecordDraft, 'inputs'>): SecretName[] {
  const untyped = untypedSecrets(inputs);
  return (['http_proxy', 'https_proxy'] as const).filter((name) => !untyped.includes(name));
}

/** The inputs without the secrets that the draft holds: what is left of them was typed since, and would be lost. */
export function withoutSecretsOf(draft: Pick<RecordDraft, 'inputs'> | undefined, inputs: ClickInputs): ClickInputs {
  if (!draft) return inputs;
  const held: readonly string[] = secretsOf(draft).filter((name) => inputs[name] === draft.inputs[name]);
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !held.includes(name)));
}

/** The inputs with the draft's secrets in place of those that were not typed again. */
export function withSecretsOf(draft: Pick<RecordDraft, 'inputs'> | undefined, inputs: ClickInputs): ClickInputs {
  if (!draft) return inputs;
  const untyped = untypedSecrets(inputs);
  const kept = secretsOf(draft).filter((name) => untyped.includes(name));
  return { ...inputs, ...Object.fromEntries(kept.map((name) => [name, draft.inputs[name] ?? ''])) };
}
