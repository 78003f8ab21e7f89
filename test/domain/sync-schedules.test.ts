// When schedules of syncs run, and what is read of what people type.
import { describe, expect, it } from 'vitest';
import type { Way } from '../../src/connections/ways/ways.ts';
import { directoryKinds } from '../../src/directory/kinds.ts';
import {
  nextRun,
  nextRuns,
  nextRunsAt,
  ownDelayMs,
  patternProblem,
} from '../../src/directory/schedules/pattern-rules.ts';
import { checkSchedule, readTyped, typedOf } from '../../src/directory/schedules/schedule-values.ts';
import { defaultSchedule, scheduleTitle } from '../../src/directory/schedules/schedules.ts';
import { kindsNamed, readable, readSync, unreadableWords } from '../../src/directory/sync/sync-rules.ts';

const now = new Date('2026-03-01T12:00:00Z');
const first = '00000000-0000-4000-8000-000000000000';
const middle = '80000000-0000-4000-8000-000000000000';
const hourMs = 3_600_000;

describe('the runs of a schedule', () => {
  it.each([
    ['daily', '0 1 * * *', 'UTC', first, '2026-03-02T01:00:00Z'],
    ['daily, half of the longest delay later', '0 1 * * *', 'UTC', middle, '2026-03-02T03:00:00Z'],
    ['by the clocks of its zone', '0 1 * * *', 'Europe/Berlin', first, '2026-03-02T00:00:00Z'],
    ['weekly', '0 1 * * 0', 'UTC', first, '2026-03-08T01:00:00Z'],
    ['hourly, an eighth of an hour later', '0 * * * *', 'UTC', middle, '2026-03-01T12:07:00Z'],
  ])('%s', (_case, pattern, timeZone, organizationId, next) => {
    expect(nextRun({ pattern, timeZone }, organizationId, now)).toEqual(new Date(next));
  });

  it('keep their hour where clocks change', () => {
    const runs = nextRuns(
      { pattern: '0 1 * * *', timeZone: 'Europe/Berlin' },
      { organizationId: first, after: new Date('2026-03-28T12:00:00Z'), count: 2 },
    );
    expect(runs).toEqual([new Date('2026-03-29T00:00:00Z'), new Date('2026-03-29T23:00:00Z')]);
  });

  it('come once each: what follows a run is the next day’s', () => {
    const timing = { pattern: '0 1 * * *', timeZone: 'UTC' };
    const run = nextRun(timing, middle, now);
    expect(run && nextRun(timing, middle, run)).toEqual(new Date('2026-03-03T03:00:00Z'));
    // Its own delay has not passed yet.
    expect(nextRun(timing, middle, new Date('2026-03-02T02:00:00Z'))).toEqual(run);
  });

  it('are the same for many organizations at once', () => {
    for (const pattern of ['0 1 * * *', '0 1 * * 0', '*/15 * * * *', '30 6 * * 1-5', '0 1,13 * * *', '0 0 31 12 *']) {
      for (const timeZone of ['UTC', 'Europe/Berlin']) {
        for (let hours = 0; hours < 60; hours += 1.7) {
          const at = new Date(now.getTime() + hours * hourMs);
          const nextOf = nextRunsAt(at);
          for (const id of [first, middle, 'f0000000-0000-4000-8000-000000000000']) {
            expect(nextOf({ pattern, timeZone }, id)).toEqual(nextRun({ pattern, timeZone }, id, at));
          }
        }
      }
    }
  });

  it('are spread evenly over four hours, each organization at its own minute', () => {
    const delays = Array.from({ length: 1000 }, (_, index) => {
      const id = `${Math.floor((index / 1000) * 2 ** 32)
        .toString(16)
        .padStart(8, '0')}-0000-4000-8000-000000000000`;
      return ownDelayMs({ pattern: '0 1 * * *', timeZone: 'UTC' }, id, now);
    });
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeLessThan(4 * hourMs);
    expect(new Set(delays).size).toBe(240);
  });
});

describe('a pattern', () => {
  it.each([
    ['0 1 * * *', undefined],
    ['*/15 * * * *', undefined],
    ['@daily', undefined],
    ['', 'unreadable'],
    ['0 25 * * *', 'unreadable'],
    ['* * * * * *', 'unreadable'],
    ['every day', 'unreadable'],
    ['0 0 30 2 *', 'never'],
    ['* * * * *', 'too_often'],
    ['0,10 1 * * *', 'too_often'],
  ])('“%s” is %s', (pattern, problem) => {
    expect(patternProblem({ pattern, timeZone: 'UTC' }, now)).toBe(problem);
  });
});

describe('the form of a schedule', () => {
  const daily = defaultSchedule(first, 'roles_licenses', 'Europe/Berlin');
  const record = { wholesale_status: false, webex_contact_center: false };
  const its = { schedule: 'roles_licenses' as const, record, now };

  it('gives what it was opened with', () => {
    const { pattern, timeZone, excluded, adds, updates, deletes } = daily;
    const values = { pattern, timeZone, excluded, adds, updates, deletes };
    expect(checkSchedule(readTyped({ ...typedOf(daily) }, 'roles_licenses'), its)).toEqual({
      values,
    });
  });

  it('says every problem at once', () => {
    const typed = { ...typedOf(daily), pattern: 'never', time_zone: 'Mars' };
    const checked = checkSchedule(typed, its);
    expect('problems' in checked && Object.keys(checked.problems)).toEqual(['pattern', 'time_zone']);
  });

  it('refuses to leave out all', () => {
    const typed = { ...typedOf(daily), exclude_roles: 'true', exclude_licenses: 'true' };
    const checked = checkSchedule(typed, its);
    expect('summary' in checked && checked.summary).toMatch(/all is left out/);
  });

  it('does not count what the record has nothing of', () => {
    const full = defaultSchedule(first, 'full', 'Europe/Berlin');
    const leftOut = ['roles', 'licenses', 'locations', 'people'].map((kind) => [`exclude_${kind}`, 'true']);
    const typed = { ...typedOf(full), ...Object.fromEntries(leftOut) };
    const checked = (wholesale_status: boolean) =>
      checkSchedule(typed, { schedule: 'full', record: { ...record, wholesale_status }, now });
    expect('summary' in checked(false)).toBe(true);
    expect('values' in checked(true)).toBe(true);
  });
});

it('is called as VOSS calls it', () => {
  expect(['roles_licenses', 'full', 'users'].map((name) => scheduleTitle(name as 'full', 'Acme'))).toEqual([
    'SyncSparkRolesLicensesAcme',
    'SyncSparkAcme',
    'SyncSparkUsersAcme',
  ]);
});

describe('what is typed behind sync', () => {
  const all = directoryKinds.map(({ kind }) => kind);
  it.each([
    ['acme', 'acme', all],
    ['acme all', 'acme', all],
    ['acme wholesale', 'acme', ['wholesale', 'subscribers']],
    ['acme contact center', 'acme', ['contact_center']],
    ['acme locations and contact center', 'acme', ['locations', 'contact_center']],
    ['acme locations', 'acme', ['locations']],
    ['acme licenses', 'acme', ['licenses']],
    ['acme Roles Licenses', 'acme', ['roles', 'licenses']],
    ['acme roles and licenses', 'acme', ['roles', 'licenses']],
    ['acme licenses, roles', 'acme', ['roles', 'licenses']],
    ['acme users', 'acme', ['people']],
    ['', '', all],
    ['roles', '', ['roles']],
    ['Troles', 'Troles', all],
  ])('“%s”', (argument, named, kinds) => {
    const read = readSync(argument);
    expect({ named: read.named, kinds: read.kinds.map(({ kind }) => kind) }).toEqual({ named, kinds });
  });
});

describe('what can be read', () => {
  const way: Way = 'consent';
  const granted = { state: 'connected' as const, way, scopes: ['spark-admin:roles_read'] };
  const byPartner = { ...granted, way: 'partner' as const };
  it.each([
    ['nothing where nothing is asked for', granted, [], { why: 'nothing' }],
    ['nothing without a connection', undefined, directoryKinds, { why: 'not_connected' }],
    ['nothing of a lost one', { ...granted, state: 'lost' as const }, directoryKinds, { why: 'lost' }],
    ['nothing that the record does not have', granted, kindsNamed('contact_center'), { why: 'switched_off' }],
    ['nothing that is not granted', { ...granted, scopes: ['x'] }, directoryKinds, { why: 'not_granted' }],
    [
      'what is granted, with what is not',
      granted,
      directoryKinds,
      { kinds: kindsNamed('roles licenses locations people'), granted: kindsNamed('roles') },
    ],
    [
      'all where Webex did not say what it granted',
      { ...granted, scopes: [] },
      directoryKinds,
      { kinds: kindsNamed('roles licenses locations people'), granted: kindsNamed('roles licenses locations people') },
    ],
    ['no roles of what a partner holds', byPartner, kindsNamed('roles'), { why: 'partner_cannot' }],
    [
      'the rest of what a partner holds',
      { ...byPartner, scopes: [] },
      directoryKinds,
      { kinds: kindsNamed('licenses locations people'), granted: kindsNamed('licenses locations people') },
    ],
  ])('%s', (_case, connection, kinds, found) => {
    const record = { sync: true, wholesale_status: false, webex_contact_center: false };
    expect(readable(connection, kinds, record)).toEqual(found);
  });

  it.each([
    ['partner_cannot', 'roles licenses', /lists the partner’s roles/],
    ['service_app_cannot', 'wholesale subscribers', /^Webex answers about wholesale customers[^.]*\.$/],
  ] as const)('%s is said in words', (why, kinds, words) => {
    expect(unreadableWords(why, 'Acme', kindsNamed(kinds))).toMatch(words);
  });
});
