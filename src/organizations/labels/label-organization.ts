// Gives an organization a label, or takes one from it. Which space is notified of it follows in the same transaction.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Actor } from '../../chat/actor.ts';
import { holdTree } from '../../customers/tree.store.ts';
import { everything } from '../../db/scope.ts';
import { applySettings } from '../../settings/apply-settings.ts';
import { lockOrganization } from '../organization.store.ts';
import { deleteLabel, insertLabel, labelsInScope } from './label.store.ts';
import { MOST_LABELS } from './label-rules.ts';
import { applyLabelSpaces, isOrganization } from './label-space.store.ts';
import type { NotifyByLabelDeps } from './notify-by-label.ts';

interface LabelInput {
  /** Of an organization that the actor may change. */
  organizationId: string;
  act: 'give' | 'take';
  label: string;
  actor: Pick<Actor, 'personId' | 'email'>;
  roomId: string;
}

export type LabelResult =
  /** `isMoved`: another space is notified of it from now on. */
  | { outcome: 'changed'; labels: string[]; isMoved: boolean }
  | { outcome: 'unchanged' | 'too_many'; labels: string[] }
  /** Somebody has deleted the organization meanwhile. */
  | { outcome: 'gone' };

/** The labels are those that the organization carries then. */
export function labelOrganization(
  { db, clock, ...deps }: NotifyByLabelDeps,
  { organizationId, act, label, actor, roomId }: LabelInput,
): Promise<LabelResult> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await holdTree(tx);
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return { outcome: 'gone' };
    const before = await labelsInScope(tx, { scope: everything, organizationId });
    if (act === 'give' && before.length >= MOST_LABELS && !before.includes(label)) {
      return { outcome: 'too_many', labels: before };
    }
    const isChanged =
      act === 'give'
        ? await insertLabel(tx, { organizationId, label, givenBy: actor.email, givenAt: now })
        : await deleteLabel(tx, { organizationId, label });
    if (!isChanged) return { outcome: 'unchanged', labels: before };
    const labels = await labelsInScope(tx, { scope: everything, organizationId });
    const isMoved = (await applyLabelSpaces(tx, isOrganization(organizationId))).length > 0;
    if (isMoved) await applySettings(deps, { tx, of: { level: 'organization', subject: organizationId }, now });
    await appendAudit(tx, {
      act: 'organization.labeled',
      by: { personId: actor.personId, email: actor.email },
      ...{ roomId, organizationId, organizationName: organization.name, now },
      before: { labels: before.join(' ') },
      after: { labels: labels.join(' ') },
    });
    return { outcome: 'changed', labels, isMoved };
  });
}
