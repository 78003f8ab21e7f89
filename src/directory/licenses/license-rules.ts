// How much of a license is used, and what of that a space is notified of.

import { shownName } from '../../chat/facts.ts';
import { mostUnits } from '../../webex/shapes.ts';
import type { Difference } from '../changes/differences.ts';

/** The numbers of a license, or of a sum of licenses, which can be larger than a number of JavaScript holds. */
export interface Units {
  /** 0 or a negative number: no limit. Null where Webex did not say it. */
  readonly total: bigint | number | null;
  readonly used: bigint | number | null;
}

/** `12 of 50 used`; where Webex gives no limit, or does not say a number, the rest of it. */
export function useWords({ total, used }: Units): string {
  const words = used === null ? 'use unknown' : `${unitWords(used)} used`;
  if (total === null) return words;
  if (total <= 0) return `${words}, no limit`;
  return used === null ? `${unitWords(total)} in all, ${words}` : `${unitWords(used)} of ${unitWords(total)} used`;
}

/** A number as large as any that is kept stands for all larger ones; a sum is exact. */
const unitWords = (count: bigint | number): string => (count === mostUnits ? `more than ${count}` : String(count));

/** How many percent are used, a tenth exact and never rounded up to 100; null where there is no limit, or a number is unknown. */
export function percentUsed({ total, used }: Units): number | null {
  if (total === null || used === null || total <= 0) return null;
  return Number((BigInt(used) * 1000n) / BigInt(total)) / 10;
}

const barCharacters = 10;

/** `█████████░ 92.4%`; null where no percentage can be said. What is used a little is seen, and only what is used up is full. */
export function useBar(units: Units): string | null {
  const percent = percentUsed(units);
  if (percent === null) return null;
  const isUsed = units.used !== null && units.used > 0;
  const filled = Math.min(barCharacters, Math.max(isUsed ? 1 : 0, Math.floor(percent / barCharacters)));
  return `${'█'.repeat(filled)}${'░'.repeat(barCharacters - filled)} ${percent}%`;
}

/** What a space is notified of: licenses that came, went, or have another total, and those whose use has crossed a threshold. A sentence each. */
export function licenseNews(differences: readonly Difference[], thresholds: readonly number[]): string[] {
  return differences.flatMap((difference) => newsOf(difference, thresholds));
}

function newsOf({ what, name, before, after, row }: Difference, thresholds: readonly number[]): string[] {
  const shown = shownName(name);
  const is = unitsOf(row);
  switch (what) {
    case 'added':
      return [`${shown} is new: ${useWords(is)}.`];
    case 'returned':
      return [`${shown} is there again: ${useWords(is)}.`];
    case 'removed':
    case 'gone':
      return [`${shown} is gone.`];
    case 'changed': {
      const was = unitsOf({ ...row, ...before });
      const hasOtherTotal = after !== null && 'totalUnits' in after;
      const crossed = thresholds.filter((percent) => isReached(is, percent) && !isReached(was, percent)).at(-1);
      return [
        ...(hasOtherTotal ? [`The total of ${shown} is ${totalWords(is)} now. It was ${totalWords(was)}.`] : []),
        ...(crossed === undefined ? [] : [`${shown} has crossed ${crossed}%: ${useWords(is)}.`]),
      ];
    }
  }
}

const isReached = (units: Units, percent: number): boolean => (percentUsed(units) ?? 0) >= percent;

const totalWords = ({ total }: Units): string =>
  total === null ? 'unknown' : total <= 0 ? 'without a limit' : unitWords(total);

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const unitsOf = (row: object): Units => {
  const { totalUnits, consumedUnits } = row as { totalUnits?: unknown; consumedUnits?: unknown };
  return { total: numberOf(totalUnits), used: numberOf(consumedUnits) };
};
