// Begins an import: its row, and the job that reads the file. Once for each message.

import type { Actor } from '../chat/actor.ts';
import type { Place } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { addImport } from './import.store.ts';

export async function beginImport(
  { db, jobs, clock }: { db: Db; jobs: Jobs; clock: Clock },
  {
    actor,
    place,
    ...begun
  }: { id: string; eventId: string; contentId: string; actor: Pick<Actor, 'personId' | 'email'>; place: Place },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { personId, email } = actor;
    const { roomId, parentMessageId } = place;
    const row = { ...begun, status: 'reading' as const, personId, askedBy: email, roomId, parentMessageId };
    if (await addImport(tx, { ...row, createdAt: clock.now() })) {
      await jobs.send('import', { importId: begun.id }, { tx });
    }
  });
  jobs.wake('import');
}
