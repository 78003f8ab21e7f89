// A change of settings puts aside nothing that it has not seen: of two that were made from the same state, one is saved.

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../src/settings/change-settings.ts';
import { saveOwnSettings, settingsByLevel } from '../../src/settings/settings.store.ts';
import type { OwnSettings, SettingsLevel } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { settingsEffects } from '../helpers/registry.ts';
import { now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate settings`));

const roomId = 'room-operations';
const clock = { now: () => now, sleep: () => Promise.resolve() };
const change = (values: OwnSettings, expectedVersion: Date | null, level: SettingsLevel = 'space') =>
  changeSettings(
    { db: store.db, clock, settingsEffects },
    { level, roomId, isDirect: false, expectedVersion, values, by: 'ada@meridian.example' },
  );
const stored = () => settingsByLevel(store.db, roomId);
const seen = async () => (await stored()).changedAt.space;

describe('a change of settings', () => {
  it.each(['a level that has decided nothing', 'a level that has decided something'])(
    'of %s is saved by one of many that have seen the same',
    async (state) => {
      if (state.endsWith('something')) await change({ verbosity: 'all' }, null);
      const expectedVersion = await seen();
      const results = await Promise.all(
        [2, 3, 4, 5].map((days) => change({ refresh_interval_days: days }, expectedVersion)),
      );
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['conflict', 'conflict', 'conflict', 'saved']);
      const { space } = await stored();
      for (const result of results) {
        if (result.outcome === 'conflict')
          expect(result).toMatchObject({ levels: { space }, differing: ['refresh_interval_days'] });
      }
      // The clock stands still, and each state is known from the one before all the same.
      expect(await seen()).not.toEqual(expectedVersion);
    },
  );

  it('leaves what it does not hold as it is, and inherits what it says so of', async () => {
    const unknown = { of_a_later_version: true, quiet_hours: { from: '22:00', to: '07:00' }, verbosity: 'all' };
    await saveOwnSettings(store.db, {
      level: 'space',
      subject: roomId,
      values: unknown as OwnSettings,
      by: 'ben@meridian.example',
      now,
    });
    await change({ verbosity: undefined, warning_days: [20] }, now);
    expect((await stored()).space).toEqual({
      of_a_later_version: true,
      quiet_hours: { from: '22:00', to: '07:00' },
      warning_days: [20],
    });
  });

  it('that is handled again after a crash is saved already', async () => {
    const quiet: OwnSettings = { quiet_hours: { from: '22:00', to: '07:00' } };
    expect(await change(quiet, null)).toEqual({ outcome: 'saved' });
    expect(await change(quiet, null)).toEqual({ outcome: 'saved' });
    expect(await change({ ...quiet, warning_days: [20] }, null)).toMatchObject({
      outcome: 'conflict',
      differing: ['warning_days'],
    });
  });

  it('of one level is not in the way of another', async () => {
    await change({ verbosity: 'all' }, null, 'provider');
    expect(await change({ verbosity: 'failures' }, null)).toEqual({ outcome: 'saved' });
  });
});
