// Tells each space which of its connections end soon: once for each threshold and deadline, in one message for each space and run.

import { type DueWarning, dueWarnings, saveNextWarning, saveWarned } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import type { Clock } from '../domain/clock.ts';
import { decideWarning, nextWarningAt } from '../domain/warnings.ts';
import type { Log } from '../log.ts';
import { oweNotice } from './owe-notice.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** As many as one run looks at; what is left is the most urgent of the next. */
const most = 2000;

/** Owes each space one notice of all its connections with a warning due now. Replicas may run it at the same time. */
export async function warnOfDeadlines(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const due = await dueWarnings(deps.db, { now, limit: most });
  for (const [roomId, warnings] of bySpace(due)) await warnSpace(deps, { roomId, warnings, now });
}

function bySpace(due: readonly DueWarning[]): Map<string, DueWarning[]> {
  const spaces = new Map<string, DueWarning[]>();
  for (const warning of due) {
    const others = spaces.get(warning.roomId);
    if (others) others.push(warning);
    else spaces.set(warning.roomId, [warning]);
  }
  return spaces;
}

/** What is told and that it is told are saved together; of two replicas that look at once, each tells what it was the first to note. */
async function warnSpace(
  { db, jobs, log }: Deps,
  { roomId, warnings, now }: { roomId: string; warnings: DueWarning[]; now: Date },
): Promise<void> {
  const count = await db.transaction(async (tx) => {
    const told: string[] = [];
    for (const { organizationId, deadlineAt, warnedDays } of warnings) {
      const decision = decideWarning({ deadlineAt, warnedDays }, now);
      if (decision.act === 'warn') {
        if (await saveWarned(tx, { organizationId, deadlineAt, days: decision.days })) told.push(organizationId);
      } else {
        // The deadline has moved away since the next warning was reckoned.
        await saveNextWarning(tx, { organizationId, warnAt: nextWarningAt({ deadlineAt, warnedDays }) });
      }
    }
    if (told.length === 0) return 0;
    await oweNotice(
      { tx, jobs },
      {
        key: `deadlines:${roomId}:${now.toISOString()}:${told[0]}`,
        notice: { kind: 'deadlines', organizationIds: told },
        place: { roomId, parentMessageId: null },
        now,
      },
    );
    return told.length;
  });
  if (count === 0) return;
  log.info({ roomId, count }, 'a space is warned of deadlines');
  jobs.wake('notice');
}
