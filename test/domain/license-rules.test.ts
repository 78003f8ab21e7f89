// How much of a license is used, in words and as a bar, and what of that a space is notified of.
import { describe, expect, it } from 'vitest';
import { differencesOf, type Known } from '../../src/directory/changes/differences.ts';
import { licenseNews, percentUsed, useBar, useWords } from '../../src/directory/licenses/license-rules.ts';
import { sumWords } from '../../src/directory/licenses/licenses.view.ts';

describe('the use of a license', () => {
  it.each([
    [50, 12, '12 of 50 used', '██░░░░░░░░ 24%'],
    [0, 12, '12 used, no limit', null],
    [-1, 0, '0 used, no limit', null],
    [null, 12, '12 used', null],
    [null, null, 'use unknown', null],
    [50, null, '50 in all, use unknown', null],
    [250, 1, '1 of 250 used', '█░░░░░░░░░ 0.4%'],
    [250, 0, '0 of 250 used', '░░░░░░░░░░ 0%'],
    [1000, 999, '999 of 1000 used', '█████████░ 99.9%'],
    [100_000, 99_999, '99999 of 100000 used', '█████████░ 99.9%'],
    [60, 60, '60 of 60 used', '██████████ 100%'],
    [60, 75, '75 of 60 used', '██████████ 125%'],
    [2 ** 53 - 2, 1, '1 of 9007199254740990 used', '█░░░░░░░░░ 0%'],
    [2 ** 53 - 1, 1, '1 of more than 9007199254740991 used', '█░░░░░░░░░ 0%'],
    [3n * 2n ** 60n, 2n ** 60n, '1152921504606846976 of 3458764513820540928 used', '███░░░░░░░ 33.3%'],
  ])('of %s units, %s used, is “%s”', (total, used, words, bar) => {
    expect(useWords({ total, used })).toBe(words);
    expect(useBar({ total, used })).toBe(bar);
    expect(percentUsed({ total, used }) === null).toBe(bar === null);
  });

  it.each([
    [
      { limited: { total: 1400n, used: 931n }, organizations: 3, unlimited: 0, unlimitedUsed: 0n, unknown: 0 },
      '931 of 1400 used, in 3 organizations',
    ],
    [
      { limited: { total: 1n, used: 1n }, organizations: 2, unlimited: 1, unlimitedUsed: 7n, unknown: 0 },
      '1 of 1 used, in 2 organizations; 1 without a limit uses 7',
    ],
    [
      { limited: { total: 9n, used: 1n }, organizations: 2, unlimited: 0, unlimitedUsed: 0n, unknown: 1 },
      '1 of 9 used, in 2 organizations; use unknown of 1',
    ],
    [
      { limited: null, organizations: 2, unlimited: 0, unlimitedUsed: 0n, unknown: 2 },
      'use unknown, in 2 organizations',
    ],
    [
      { limited: null, organizations: 1, unlimited: 1, unlimitedUsed: 7n, unknown: 0 },
      '7 used, no limit, in 1 organization',
    ],
  ])('is summed', (sum, words) => {
    expect(sumWords({ name: 'Messaging', ...sum })).toBe(words);
  });
});

describe('a space is notified', () => {
  const license = (totalUnits: number | null, consumedUnits: number | null): Known =>
    ({ webexId: 'a', name: 'Calling', goneAt: null, totalUnits, consumedUnits }) as Known;
  const actions = { adds: true, updates: true, deletes: true };
  const found = (before: Known[], after: Known[], may = actions) => {
    const by = (rows: Known[]) => new Map(rows.map((row) => [row.webexId, row]));
    const { differences } = differencesOf(by(before), by(after), { actions: may, now: new Date() });
    return licenseNews(differences, [90, 100]);
  };

  it.each([
    ['of nothing where the use stays below', license(100, 10), license(100, 89), []],
    [
      'of a threshold that is crossed',
      license(100, 89),
      license(100, 90),
      ['Calling has crossed 90%: 90 of 100 used.'],
    ],
    ['not again above it', license(100, 90), license(100, 95), []],
    [
      'of the highest of two that are crossed at once',
      license(100, 10),
      license(100, 100),
      ['Calling has crossed 100%: 100 of 100 used.'],
    ],
    ['of the next one', license(100, 95), license(100, 101), ['Calling has crossed 100%: 101 of 100 used.']],
    ['of nothing where it falls', license(100, 100), license(100, 10), []],
    ['not of 99.99%', license(10_000, 9_500), license(10_000, 9_999), []],
    [
      'of another total, and of what that means',
      license(100, 80),
      license(80, 80),
      ['The total of Calling is 80 now. It was 100.', 'Calling has crossed 100%: 80 of 80 used.'],
    ],
    [
      'of a limit that went',
      license(100, 80),
      license(0, 80),
      ['The total of Calling is without a limit now. It was 100.'],
    ],
    [
      'of a limit that came',
      license(-1, 80),
      license(80, 80),
      ['The total of Calling is 80 now. It was without a limit.', 'Calling has crossed 100%: 80 of 80 used.'],
    ],
    ['of nothing where the use is unknown', license(100, 95), license(100, null), []],
  ])('%s', (_case, before, after, news) => {
    expect(found([before], [after])).toEqual(news);
  });

  it('of licenses that come, go and return', () => {
    expect(found([], [license(10, 1)])).toEqual(['Calling is new: 1 of 10 used.']);
    expect(found([license(10, 1)], [])).toEqual(['Calling is gone.']);
    const keeps = { ...actions, deletes: false };
    expect(found([license(10, 1)], [], keeps)).toEqual(['Calling is gone.']);
    const gone = { ...license(10, 1), goneAt: new Date() };
    expect(found([gone], [], keeps)).toEqual([]);
    expect(found([gone], [license(10, 1)], keeps)).toEqual(['Calling is there again: 1 of 10 used.']);
  });
});
