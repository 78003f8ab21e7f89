// Gives up what Webex will not take. What a space must know of its connections goes to the provider's administrators then, each in a direct message.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import { markUndeliverable, type NoticeRow } from '../db/notices.ts';
import type { Clock } from '../domain/clock.ts';
import type { Notice } from '../domain/notice.ts';
import { oweNotice } from './owe-notice.ts';

interface Deps {
  db: Db;
  jobs: Pick<Jobs, 'send' | 'wake'>;
  clock: Clock;
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
}

/** What is noted as told once it is owed: nobody would say it again. */
const mustBeHeard: ReadonlySet<Notice['kind']> = new Set(['connections_lost', 'connections_failing', 'deadlines']);

/** Marks the notice as undeliverable, with the reason; one that must be heard and was owed to a space is owed to each administrator instead. */
export async function giveUpNotice(
  { db, jobs, clock, admins }: Deps,
  { id, roomId, notice, reason }: Pick<NoticeRow, 'id' | 'roomId'> & { notice: Notice; reason: string },
): Promise<void> {
  const isPassedOn = await db.transaction(async (tx) => {
    if (!(await markUndeliverable(tx, { id, reason }))) return false;
    if (roomId === null || !mustBeHeard.has(notice.kind)) return false;
    for (const toPersonEmail of admins) {
      const key = `${notice.kind}:${id}:${toPersonEmail}`;
      await oweNotice({ tx, jobs }, { key, notice, place: { toPersonEmail }, now: clock.now() });
    }
    return true;
  });
  if (isPassedOn) jobs.wake('notice');
}
