// Gives an organization a label, or takes one from it.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Actor } from '../../chat/actor.ts';
import type { Db } from '../../db/database.ts';
import { everything } from '../../db/scope.ts';
import type { Clock } from '../../lib/clock.ts';
import { lockOrganization } from '../organization.store.ts';
import { deleteLabel, insertLabel, labelsInScope } from './label.store.ts';
import { MOST_LABELS } from './label-rules.ts';

interface LabelInput {
  /** Of an organization that the actor may change. */
  organizationId: string;
  act: 'give' | 'take';
  label: string;
  actor: Pick<Actor, 'personId' | 'email'>;
  roomId: string;
}

export type LabelResult =
  | { outcome: 'changed' | 'unchanged' | 'too_many'; labels: string[] }
  /** Somebody has deleted the organization meanwhile. */
  | { outcome: 'gone' };

/** The labels are those that the organization carries then. */
export function labelOrganization(
  { db, clock }: { db: Db; clock: Clock },
  { organizationId, act, label, actor, roomId }: LabelInput,
): Promise<LabelResult> {
  const now = clock.now();
  return db.transaction(async (tx) => {
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
    await appendAudit(tx, {
      act: 'organization.labeled',
      by: { personId: actor.personId, email: actor.email },
      ...{ roomId, organizationId, organizationName: organization.name, now },
      before: { labels: before.join(' ') },
      after: { labels: labels.join(' ') },
    });
    return { outcome: 'changed', labels };
  });
}
