// Brings a deleted organization back, with all that went with it.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { applySettings } from '../../settings/apply-settings.ts';
import { SETTING_NAMES } from '../../settings/settings.ts';
import type { SettingsEffect } from '../../settings/settings-effect.ts';
import { findOrganization, lockOrganizationEvenDeleted } from '../organization.store.ts';
import type { RecordHooks } from '../record-hooks.ts';
import { organizationRestoredNotice } from './deletion.notice.ts';
import { removeDeletion } from './deletion.store.ts';
import { tellSpaces, wasTold } from './tell-spaces.ts';

/** The next refresh stays when it was due: a new time would come with a spread of its own. */
const followedAtUndo = SETTING_NAMES.filter((name) => name !== 'refresh_interval_days');

export interface UndoDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  recordHooks: readonly RecordHooks<never>[];
  /** What follows where settings have changed while it was deleted. */
  settingsEffects: readonly SettingsEffect[];
}

export interface UndoInput {
  organizationId: string;
  /** The administrator who brings it back. */
  by: { personId: string; email: string };
  place: Place;
  eventId: string;
}

const keyOf = (eventId: string) => `organization-restored:${eventId}`;

/** Whether this very click has brought something back before, and is handled again after a crash. The answer is queued then. */
export const isRestored = ({ db }: { db: Db }, { eventId, place }: Pick<UndoInput, 'eventId' | 'place'>) =>
  wasTold(db, { key: keyOf(eventId), roomId: place.roomId });

/** `restored`: the answer is queued. `back`: somebody was faster, and it is not deleted. `too_late`: its purge has begun, or is done. */
export type UndoResult = 'restored' | 'back' | 'too_late';

/** Once the purge has begun nothing comes back: of an undo and a purge at the same time, one wins. */
export async function undoDeletion(
  { db, jobs, clock, recordHooks, settingsEffects }: UndoDeps,
  { organizationId, by, place, eventId }: UndoInput,
): Promise<UndoResult> {
  const now = clock.now();
  const key = keyOf(eventId);
  const result = await db.transaction(async (tx): Promise<UndoResult> => {
    // This click has brought it back before a crash.
    if (await wasTold(tx, { key, roomId: place.roomId })) return 'restored';
    const organization = await lockOrganizationEvenDeleted(tx, organizationId);
    if (!organization) return 'too_late';
    const deletion = await removeDeletion(tx, organizationId);
    if (!deletion) return (await findOrganization(tx, organizationId)) ? 'back' : 'too_late';
    for (const { restored } of recordHooks) await restored?.({ tx, jobs }, organizationId, now);
    const of = { level: 'organization' as const, subject: organizationId };
    await applySettings({ jobs, settingsEffects }, { tx, of, names: followedAtUndo, now });
    await tellSpaces(
      { tx, jobs },
      {
        key,
        notice: organizationRestoredNotice.of({ organizationId, by: by.email }),
        organizationId,
        place,
        roomIds: [deletion.roomId, organization.roomId],
        now,
      },
    );
    await appendAudit(tx, {
      act: 'organization.restored',
      by,
      roomId: place.roomId,
      organizationId,
      organizationName: organization.name,
      before: { deleted_by: deletion.deletedBy, deleted_at: deletion.deletedAt },
      now,
    });
    return 'restored';
  });
  jobs.wake('notice');
  return result;
}
