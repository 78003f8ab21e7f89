// Rules that stand in TypeScript and, where many rows must follow at once, in SQL too: for any connection and any settings both come to the same.

import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Connection,
  dueRefreshes,
  findConnection,
  saveConnection,
} from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import {
  isAcknowledged,
  recomputeEscalations,
  recomputeRefreshes,
  recomputeWarnings,
  type SettingScope,
} from '../../src/connections/deadline.store.ts';
import { escalationAt, nextWarningAt } from '../../src/connections/deadline.ts';
import { claimRefresh } from '../../src/connections/refresh/claim.store.ts';
import { decideRefresh, refreshDueAt } from '../../src/connections/refresh/refresh-rules.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { saveOwnSettings, spacesThatDecide, spacesWithVerbosity } from '../../src/settings/settings.store.ts';
import { defaultSettings, knownSettings, type OwnSettings, resolveSettings } from '../../src/settings/settings.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

const dayMs = 24 * 60 * 60_000;
const roomIds = ['room-operations', 'room-sales', 'room-of-ada'];
/** How many connections each set of rules is tried on at once. */
const atOnce = 12;
const runs = { numRuns: 25 };

let store: TestDatabase;
const organizationIds: string[] = [];
beforeAll(async () => {
  store = await openTestDatabase();
  for (const roomId of roomIds) await store.db.insert(spaces).values({ roomId, type: 'group', joinedAt: now });
  for (let index = 0; index < atOnce; index++) {
    const { id } = await anOrganization(store.db, { roomId: roomIds[index % roomIds.length] ?? '' });
    await saveConnection(store.db, aGrant(id), defaultSettings);
    organizationIds.push(id);
  }
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`delete from ${settings}`));

/** About a year around now, to the millisecond. */
const instant = fc.integer({ min: -200 * dayMs, max: 400 * dayMs }).map((ms) => new Date(now.getTime() + ms));
/** Just before, at and just after now are as likely as all the rest. */
const nearby = fc.oneof(
  fc.constantFrom(-1, 0, 1).map((ms) => new Date(now.getTime() + ms)),
  instant,
);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const warningDays = fc.array(fc.integer({ min: 1, max: 365 }), { minLength: 1, maxLength: 10 });
const state = fc.constantFrom('connected', 'failing', 'lost');

/** Gives each connection the columns of one of these, and returns them as they are stored then. */
async function stored(columns: readonly Partial<Connection>[]): Promise<Connection[]> {
  for (const [index, values] of columns.entries()) {
    const ofThisOne = eq(connections.organizationId, organizationIds[index] ?? '');
    await store.db.update(connections).set(values).where(ofThisOne);
  }
  return read();
}

async function read(): Promise<Connection[]> {
  const found = await Promise.all(organizationIds.map((id) => findConnection(store.db, id)));
  return found.flatMap((connection) => connection ?? []);
}

/** As many of them as there are connections. */
const ofEach = <Columns>(columns: fc.Arbitrary<Columns>) => fc.array(columns, { minLength: atOnce, maxLength: atOnce });

/** All connections, as long as no space has decided anything. */
const all: SettingScope = { setting: 'warning_days' };

describe('the next warning', () => {
  it('is due at the same instant', async () => {
    const told = fc.record({
      refreshTokenExpiresAt: instant,
      warnedDays: perhaps(fc.integer({ min: 0, max: 400 })),
      warnAt: perhaps(instant),
      snoozedUntil: perhaps(nearby),
      acknowledgedAt: perhaps(instant),
    });
    await fc.assert(
      fc.asyncProperty(ofEach(told), warningDays, async (columns, warning_days) => {
        const rules = { ...defaultSettings, warning_days };
        const before = await stored(columns);
        await recomputeWarnings(store.db, all, rules, now);
        const expected = before.map((connection) => {
          const { refreshTokenExpiresAt: deadlineAt, warnedDays, warnAt, snoozedUntil } = connection;
          const isNow = { deadlineAt, warnedDays, isAcknowledged: isAcknowledged(connection) };
          return snoozedUntil !== null && snoozedUntil > now ? warnAt : nextWarningAt(isNow, rules);
        });
        expect((await read()).map(({ warnAt }) => warnAt)).toEqual(expected);
      }),
      runs,
    );
  });
});

describe('an escalation', () => {
  it('that is to come is due at the same instant', async () => {
    const deadline = fc.record({
      refreshTokenExpiresAt: instant,
      escalateAt: perhaps(nearby),
      acknowledgedAt: perhaps(instant),
      escalatedAt: perhaps(instant),
    });
    await fc.assert(
      fc.asyncProperty(ofEach(deadline), fc.integer({ min: 0, max: 30 }), async (columns, escalation_days) => {
        const rules = { ...defaultSettings, escalation_days };
        const before = await stored(columns);
        await recomputeEscalations(store.db, all, rules, now);
        const expected = before.map(({ refreshTokenExpiresAt, escalateAt, acknowledgedAt, escalatedAt }) => {
          const at = escalationAt(refreshTokenExpiresAt, rules);
          const isToCome = escalateAt === null ? at !== null && at > now : escalateAt > now;
          return isToCome && acknowledgedAt === null && escalatedAt === null ? at : escalateAt;
        });
        expect((await read()).map(({ escalateAt }) => escalateAt)).toEqual(expected);
      }),
      runs,
    );
  });
});

describe('a refresh', () => {
  it('by a new interval is due between the same instants', async () => {
    const days = fc.integer({ min: 1, max: 7 });
    const tokens = fc.record({
      state,
      obtainedAt: instant,
      lifetimeMs: fc.integer({ min: 60_000, max: 30 * dayMs }),
      oldDays: days,
      random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(ofEach(tokens), days, async (each, refresh_interval_days) => {
        const before = await stored(
          each.map(({ state: its, obtainedAt, lifetimeMs, oldDays, random }) => {
            const accessTokenExpiresAt = new Date(obtainedAt.getTime() + lifetimeMs);
            const dates = { obtainedAt, accessTokenExpiresAt };
            return {
              state: its,
              ...dates,
              refreshDueAt: refreshDueAt(dates, { refresh_interval_days: oldDays }, random),
            };
          }),
        );
        await recomputeRefreshes(store.db, all, refresh_interval_days);
        for (const [index, { refreshDueAt: at }] of (await read()).entries()) {
          const was = before[index] as Connection;
          if (was.state !== 'connected') {
            expect(at).toEqual(was.refreshDueAt);
            continue;
          }
          const [latest, earliest] = [0, 1].map((random) =>
            Math.min(was.refreshDueAt.getTime(), refreshDueAt(was, { refresh_interval_days }, random).getTime()),
          );
          expect(at.getTime()).toBeGreaterThanOrEqual(earliest ?? Number.NaN);
          expect(at.getTime()).toBeLessThanOrEqual(latest ?? Number.NaN);
        }
      }),
      runs,
    );
  });

  it('is due, and free to be claimed, by the same decision', async () => {
    const refreshable = fc.record({ state, refreshDueAt: nearby, refreshLeasedUntil: perhaps(nearby) });
    await fc.assert(
      fc.asyncProperty(ofEach(refreshable), ofEach(fc.boolean()), async (columns, isAsked) => {
        const before = await stored(columns);
        const mayBegin = ({ refreshLeasedUntil, ...connection }: Connection, asked: boolean) =>
          (refreshLeasedUntil === null || refreshLeasedUntil <= now) &&
          decideRefresh(connection, { now, asked }).act === 'refresh';
        const due = await dueRefreshes(store.db, { now, after: undefined, limit: atOnce });
        const expectedDue = before.filter((connection) => mayBegin(connection, false));
        expect(due.map(({ organizationId }) => organizationId).toSorted()).toEqual(
          expectedDue.map(({ organizationId }) => organizationId).toSorted(),
        );
        const until = new Date(now.getTime() + 20_000);
        const claimed = await Promise.all(
          before.map(({ organizationId }, index) =>
            claimRefresh(store.db, { organizationId, asked: isAsked[index] ?? false, requestedBy: 'Ada', now, until }),
          ),
        );
        expect(claimed.map((claim) => claim !== undefined)).toEqual(
          before.map((connection, index) => mayBegin(connection, isAsked[index] ?? false)),
        );
      }),
      runs,
    );
  });
});

describe('the settings of a space', () => {
  /** What a level says of some settings: values that this version knows, and values that another one may have written. */
  const own = fc.record(
    {
      verbosity: fc.constantFrom('failures', 'all', 'daily_digest', 'loud', 7, null),
      warning_days: fc.constantFrom([14, 3], [], [1000], 'seldom', null),
    },
    { requiredKeys: [], noNullPrototype: true },
  ) as unknown as fc.Arbitrary<OwnSettings>;
  const levels = fc.tuple(own, fc.tuple(own, own, own));

  async function decided(provider: OwnSettings, ofSpaces: readonly OwnSettings[]): Promise<void> {
    await store.db.execute(sql`delete from ${settings}`);
    const by = 'ada@meridian.example';
    await saveOwnSettings(store.db, { level: 'provider', subject: '', values: provider, by, now });
    for (const [index, values] of ofSpaces.entries()) {
      await saveOwnSettings(store.db, { level: 'space', subject: roomIds[index] ?? '', values, by, now });
    }
  }

  it('say the same of how much it is told', async () => {
    await fc.assert(
      fc.asyncProperty(levels, async ([provider, ofSpaces]) => {
        await decided(provider, ofSpaces);
        for (const verbosity of ['all', 'daily_digest'] as const) {
          const found = await spacesWithVerbosity(store.db, verbosity);
          expect(found.map(({ roomId }) => roomId).toSorted()).toEqual(
            roomIds
              .filter((_, index) => resolveSettings([provider, ofSpaces[index]]).verbosity === verbosity)
              .toSorted(),
          );
        }
      }),
      runs,
    );
  });

  it('keep its connections from following the provider where it has decided itself', async () => {
    await fc.assert(
      fc.asyncProperty(levels, async ([provider, ofSpaces]) => {
        await decided(provider, ofSpaces);
        const deciding = roomIds.filter((_, index) => 'warning_days' in knownSettings(ofSpaces[index] ?? {}));
        expect((await spacesThatDecide(store.db, 'warning_days')).toSorted()).toEqual(deciding.toSorted());
        const untouched = new Date(0);
        await stored(organizationIds.map(() => ({ warnAt: untouched, warnedDays: null, snoozedUntil: null })));
        await recomputeWarnings(store.db, { setting: 'warning_days' }, defaultSettings, now);
        const followed = (await read()).map(({ warnAt }) => warnAt?.getTime() !== untouched.getTime());
        expect(followed).toEqual(
          organizationIds.map((_, index) => !deciding.includes(roomIds[index % roomIds.length] ?? '')),
        );
      }),
      runs,
    );
  });
});
