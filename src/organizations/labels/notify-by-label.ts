// Has a space be notified of all organizations with a label, or not any more. What counts for each follows in the same transaction.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Actor } from '../../chat/actor.ts';
import { noteSpace } from '../../chat/space.store.ts';
import { lockTree } from '../../customers/tree.store.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { type ApplyDeps, applySettings } from '../../settings/apply-settings.ts';
import { mustConfirm } from '../../settings/confirm-rules.ts';
import type { SettingsEffect } from '../../settings/settings-effect.ts';
import {
  applyLabelSpaces,
  carriesLabel,
  countMovedBy,
  deleteLabelSpace,
  insertLabelSpace,
} from './label-space.store.ts';

export interface NotifyByLabelDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  /** What follows where other settings count, since another space is notified. */
  settingsEffects: readonly SettingsEffect[];
}

interface NotifyInput {
  label: string;
  /** The space that is notified. Whoever does it may change the node at which it stands. */
  roomId: string;
  customerId: string;
  by: Pick<Actor, 'personId' | 'email'>;
}

export type NotifyResult =
  /** `moved`: for how many organizations another space is notified from now on. */
  | { outcome: 'changed'; moved: number }
  | { outcome: 'unchanged' }
  /** So many would move that the person must confirm it. Nothing is saved. */
  | { outcome: 'unconfirmed'; moved: number };

/** `confirmed`: how many organizations the person has agreed to move. */
export async function notifyByLabel(
  { db, clock, ...deps }: NotifyByLabelDeps,
  { label, roomId, customerId, by, confirmed = 0 }: NotifyInput & { confirmed?: number | undefined },
): Promise<NotifyResult> {
  const now = clock.now();
  const result = await db.transaction(async (tx): Promise<NotifyResult> => {
    await lockTree(tx);
    await noteSpace(tx, { roomId, type: 'group', now });
    const toMove = await countMovedBy(tx, { label, roomId });
    if (mustConfirm(toMove, confirmed)) return { outcome: 'unconfirmed', moved: toMove };
    if (!(await insertLabelSpace(tx, { label, roomId, setBy: by.email, setAt: now }))) return { outcome: 'unchanged' };
    const moved = await follow(deps, { tx, label, now });
    await appendAudit(tx, { act: 'label.notified', by, roomId, customerId, after: { label }, now });
    return { outcome: 'changed', moved };
  });
  deps.jobs.wake('recompute');
  return result;
}

/** The organizations are told of where they were added or last connected, or in the space of another label. */
export async function endNotifyByLabel(
  { db, clock, ...deps }: NotifyByLabelDeps,
  { label, roomId, customerId, by }: NotifyInput,
): Promise<NotifyResult> {
  const now = clock.now();
  const result = await db.transaction(async (tx): Promise<NotifyResult> => {
    await lockTree(tx);
    if (!(await deleteLabelSpace(tx, { label, roomId }))) return { outcome: 'unchanged' };
    const moved = await follow(deps, { tx, label, now });
    await appendAudit(tx, { act: 'label.not_notified', by, roomId, customerId, before: { label }, now });
    return { outcome: 'changed', moved };
  });
  deps.jobs.wake('recompute');
  return result;
}

/** Gives all that carry the label the space that is right now. Returns for how many it is another one. */
async function follow(deps: ApplyDeps, { tx, label, now }: { tx: Db; label: string; now: Date }): Promise<number> {
  const { length: moved } = await applyLabelSpaces(tx, carriesLabel(label));
  if (moved > 0) await applySettings(deps, { tx, of: { level: 'label', subject: label }, now });
  return moved;
}
