// Refused attempts in the audit: somebody without rights, a viewer who tries to change, and whoever names what the rights do not reach.

import { appendAudits } from '../audit/append-audit.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { organizationUuid } from '../webex/ids.ts';
import type { Actor } from './actor.ts';
import type { ClickInputs } from './click-inputs.ts';
import { organizationsOutOfScope } from './out-of-scope.store.ts';
import type { Place } from './place.ts';

/**
 * Why it was refused. `no_rights`: the person may not command the bot. `too_few_rights`: the rights do not suffice for this. `out_of_scope`: they do not reach
 * what was named.
 */
export type RefusedFor = 'no_rights' | 'too_few_rights' | 'out_of_scope';

interface RefusalDeps {
  db: Db;
  clock: Pick<Clock, 'now'>;
}

export interface Attempt {
  actor: Actor;
  place: Place;
  /** The command's or the action's name. */
  command: string;
  /** The node of the space. */
  customerId: string | null;
}

/** Appends one entry for each organization, or one of none. */
export async function auditRefusal(
  { db, clock }: RefusalDeps,
  { actor, place, command, customerId }: Attempt,
  { why, organizationIds = [null] }: { why: RefusedFor; organizationIds?: readonly (string | null)[] },
): Promise<void> {
  const where = { roomId: place.roomId, customerId, now: clock.now() };
  const entry = { act: 'attempt.refused', by: actor, ...where, after: { command, why } } as const;
  await db.transaction((tx) =>
    appendAudits(
      tx,
      organizationIds.map((organizationId) => ({ ...entry, organizationId })),
    ),
  );
}

/** Appends what was named by its id, on a card or typed, and exists beyond the scope. The command itself answers as if there were none. */
export async function auditOutOfScope(
  deps: RefusalDeps,
  attempt: Attempt,
  {
    inputs,
    argument,
    transaction,
    scope,
  }: {
    inputs: ClickInputs;
    argument: string;
    /** What was named as the number of a transaction. */
    transaction: unknown;
    scope: Scope;
  },
): Promise<void> {
  if (scope.within === 'all') return;
  const named = { ids: idsIn(inputs, argument), transactionId: numberIn(transaction) };
  if (named.ids.length === 0 && named.transactionId === null) return;
  const organizationIds = await organizationsOutOfScope(deps.db, { ...named, scope });
  if (organizationIds.length > 0) await auditRefusal(deps, attempt, { why: 'out_of_scope', organizationIds });
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** What a click names beyond this is no card of ours. */
const mostNamed = 100;

function idsIn(inputs: ClickInputs, argument: string): string[] {
  const texts = [argument, ...Object.values(inputs)].filter((value) => typeof value === 'string');
  // As the API writes an organization's number.
  const numbers = texts.flatMap((text) => text.split(/\s+/)).flatMap((word) => organizationUuid(word) ?? []);
  const ids = [...texts.flatMap((text) => text.match(uuid) ?? []).map((id) => id.toLowerCase()), ...numbers];
  return [...new Set(ids)].slice(0, mostNamed);
}

function numberIn(transaction: unknown): number | null {
  const number = /^(\d{1,15})$/.exec(String(transaction))?.[1];
  return number === undefined ? null : Number(number);
}
