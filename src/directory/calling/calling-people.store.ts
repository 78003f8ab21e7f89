// Queries on what was found of each person, and on what we have set and what was there before.

import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../../db/database.ts';
import type { PurgeBatch } from '../../db/retention.ts';
import type { CallingBehaviour } from '../../webex/calling-behaviour.ts';
import { type CallingMode, callingPeople } from './calling.schema.ts';

/** Somebody whose behaviour is about to be set. */
export interface Intent {
  webexId: string;
  modifiedAt: Date | null;
  before: CallingBehaviour;
}

/**
 * Saves what was set before, ahead of the change: Webex tells it nobody afterwards. Of somebody whose present value is ours already, the value from before
 * we came stays, unless it was erased.
 */
export async function saveIntents(
  db: Db,
  intents: readonly Intent[],
  {
    organizationId,
    transactionId,
    wanted,
    now,
  }: { organizationId: string; transactionId: number; wanted: string; now: Date },
): Promise<void> {
  if (intents.length === 0) return;
  const its = callingPeople;
  const isLast = sql`upper(${its.setType}) = upper(excluded.before_type)`;
  const isPrior = sql`upper(${its.priorType}) = upper(excluded.before_type)`;
  const prior = (last: typeof its.setType | typeof its.setAt | typeof its.setIn, kept: SQL) =>
    sql`case when ${isLast} then ${last} when ${isPrior} then ${kept} end`;
  const isKept = sql`(${isLast} and ${its.setAt} is not null) or (${isPrior} and ${its.priorAt} is not null)`;
  await db
    .insert(its)
    .values(
      intents.map(({ webexId, modifiedAt, before }) => ({
        ...{ organizationId, webexId, modifiedAt, wanted, state: 'differs' as const },
        ...{ setType: wanted, setAt: now, setIn: transactionId },
        ...{ beforeType: before.behaviorType, beforeProfileId: before.profileId },
      })),
    )
    .onConflictDoUpdate({
      target: [its.organizationId, its.webexId],
      set: {
        priorType: prior(its.setType, sql`${its.priorType}`),
        priorAt: prior(its.setAt, sql`${its.priorAt}`),
        priorIn: prior(its.setIn, sql`${its.priorIn}`),
        beforeType: sql`case when ${isKept} then ${its.beforeType} else excluded.before_type end`,
        beforeProfileId: sql`case when ${isKept} then ${its.beforeProfileId} else excluded.before_profile_id end`,
        setType: sql`excluded.set_type`,
        setAt: sql`excluded.set_at`,
        setIn: sql`excluded.set_in`,
      },
    });
}

/** What was found of somebody. */
export interface Found {
  webexId: string;
  modifiedAt: Date | null;
  state: (typeof callingPeople.$inferSelect)['state'];
  /** `none`: nothing is (any more), and what was set is forgotten; `prior`: what stood there before, since Webex has refused the change. */
  ours: 'kept' | 'none' | 'prior';
}

/** Saves what a batch has found. A look leaves what was put back as it is: the next sync would set it otherwise. */
export async function saveFound(
  tx: Db,
  found: readonly Found[],
  { organizationId, mode, wanted }: { organizationId: string; mode: CallingMode; wanted: string | null },
): Promise<void> {
  if (found.length === 0) return;
  const staysUndone = sql`${mode === 'look'} and its.state = 'undone' and excluded.state = 'differs' and its.wanted = excluded.wanted`;
  const noted = found.map(({ webexId: id, modifiedAt, state }) => ({ id, modifiedAt, state }));
  await rows(
    tx,
    sql`insert into ${callingPeople} as its (organization_id, webex_id, state, wanted, modified_at)
      select ${organizationId}::uuid, noted.id, noted.state, ${wanted ?? ''}, noted."modifiedAt"
      from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb)
        as noted(id text, state text, "modifiedAt" timestamptz)
      on conflict (organization_id, webex_id) do update set
        state = case when ${staysUndone} then its.state else excluded.state end,
        wanted = ${wanted === null ? sql`its.wanted` : sql`excluded.wanted`},
        modified_at = excluded.modified_at,
        prior_type = ${unlessMade(sql`its.prior_type`)},
        prior_at = ${unlessMade(sql`its.prior_at`)},
        prior_in = ${unlessMade(sql`its.prior_in`)}
      returning 1 as one`,
  );
  const idsOf = (its: Found['ours']) => found.filter(({ ours }) => ours === its).map(({ webexId }) => webexId);
  await releasePeople(tx, { organizationId, webexIds: idsOf('none') });
  await restorePrior(tx, { organizationId, webexIds: idsOf('prior') });
}

/** Nothing of what stood there before counts any more once the change behind it is made. */
const unlessMade = (value: SQL): SQL =>
  sql`case when excluded.state = 'same' and its.set_type = excluded.wanted then null else ${value} end`;

interface Whom {
  organizationId: string;
  webexIds: readonly string[];
}

const isOneOf = ({ organizationId, webexIds }: Whom) =>
  and(
    eq(callingPeople.organizationId, organizationId),
    sql`${callingPeople.webexId} in (select jsonb_array_elements_text(${JSON.stringify(webexIds)}::jsonb))`,
  );

const noPrior = { priorType: null, priorAt: null, priorIn: null };
const nothing = { ...noPrior, setType: null, setAt: null, setIn: null, beforeType: null, beforeProfileId: null };

/** Nothing of theirs is ours (any more). */
async function releasePeople(db: Db, whom: Whom): Promise<void> {
  if (whom.webexIds.length === 0) return;
  await db.update(callingPeople).set(nothing).where(isOneOf(whom));
}

/** Webex has refused to set theirs: what stood there before is what is ours. */
export async function restorePrior(db: Db, whom: Whom): Promise<void> {
  if (whom.webexIds.length === 0) return;
  const { priorType, priorAt, priorIn, beforeType, beforeProfileId } = callingPeople;
  const ifKept = (value: typeof beforeType | typeof beforeProfileId) =>
    sql`case when ${priorAt} is not null then ${value} end`;
  await db
    .update(callingPeople)
    .set({
      ...noPrior,
      ...{ setType: sql`${priorType}`, setAt: sql`${priorAt}`, setIn: sql`${priorIn}` },
      ...{ beforeType: ifKept(beforeType), beforeProfileId: ifKept(beforeProfileId) },
    })
    .where(isOneOf(whom));
}

/** What was read goes with the directory; what was set stays, since it is at Webex, and can be put back. */
export async function forgetCalling(tx: Db, organizationId: string): Promise<void> {
  await tx
    .delete(callingPeople)
    .where(and(eq(callingPeople.organizationId, organizationId), isNull(callingPeople.setType)));
}

/** Erases what was set before, once it cannot be put back any more. That the value is ours stays known. */
export async function eraseBefore(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const erased = await rows<{ one: number }>(
    db,
    sql`update ${callingPeople} set set_at = null, before_type = null, before_profile_id = null
      where ctid in (select ctid from ${callingPeople} where set_at < ${before.toISOString()}::timestamptz limit ${limit})
      returning 1 as one`,
  );
  return erased.length;
}
