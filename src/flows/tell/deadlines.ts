// Tells a space which of its connections end soon: once for each threshold and deadline, in one message for each run.

import type { Db } from '../../db/database.ts';
import { dueWarnings, putWarningsRight, saveWarned } from '../../db/warnings.ts';
import { decideWarning, type WarningRules } from '../../domain/warnings.ts';
import { namedOf, type SpaceToTell, type TellDeps, takeAndOwe } from './several.ts';

/** As many as are read and noted at a time. */
const batch = 500;
/** How often all that was read may have been changed before it could be noted: then it comes with the next run. */
const mostMissed = 3;

/** Owes one notice of all the space's connections with a warning due now. Replicas may run it at the same time. */
export function warnOfDeadlines(
  deps: TellDeps,
  { roomId, addressees, rules }: SpaceToTell & { rules: WarningRules },
): Promise<void> {
  return takeAndOwe(deps, addressees, async (tx) => {
    const told = await takeDue(tx, { roomId, rules, now: deps.clock.now() });
    if (told.length === 0) return undefined;
    return { kind: 'deadlines', ...namedOf(told.map(({ organizationId }) => organizationId)), bands: bandsOf(told) };
  });
}

interface Told {
  organizationId: string;
  /** The threshold that is told. */
  days: number;
}

/** Notes every warning that is due as told; where the deadline has moved away since the next warning was reckoned, reckons it again. */
async function takeDue(
  tx: Db,
  { roomId, rules, now }: { roomId: string; rules: WarningRules; now: Date },
): Promise<Told[]> {
  const told: Told[] = [];
  for (let missed = 0; missed < mostMissed; ) {
    const due = await dueWarnings(tx, { roomId, now, limit: batch });
    const decided = due.map((warning) => ({ ...warning, decision: decideWarning(warning, rules, now) }));
    const warned = decided.flatMap(({ decision, ...warning }) =>
      decision.act === 'warn' ? [{ ...warning, days: decision.days }] : [],
    );
    const noted = new Set(await saveWarned(tx, warned, rules));
    told.push(...warned.filter(({ organizationId }) => noted.has(organizationId)));
    const early = decided.filter(({ decision }) => decision.act === 'wait');
    await putWarningsRight(tx, { organizationIds: early.map(({ organizationId }) => organizationId), rules });
    const done = noted.size + early.length;
    if (done === due.length && due.length < batch) return told;
    // What somebody else has changed meanwhile is read again: a refresh moves the deadline by as much as Webex took to answer, and it is as due as the rest.
    if (done === 0) missed += 1;
  }
  return told;
}

/** How many were told at each threshold, the nearest end first. */
function bandsOf(told: readonly Told[]): { days: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { days } of told) counts.set(days, (counts.get(days) ?? 0) + 1);
  return [...counts].map(([days, count]) => ({ days, count })).sort((a, b) => a.days - b.days);
}
