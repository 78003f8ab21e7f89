// Rules that stand in TypeScript and, where many rows must follow at once, in SQL too: for any connection and any settings both come to the same.

import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Connection,
  dueRefreshes,
  findConnection,
  saveConnection,
} from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { isAcknowledged } from '../../src/connections/deadline.store.ts';
import { escalationAt, nextWarningAt } from '../../src/connections/deadline.ts';
import { putWarningsRight, saveRecomputed } from '../../src/connections/recompute.store.ts';
import { claimRefresh } from '../../src/connections/refresh/claim.store.ts';
import { decideRefresh, refreshDueAt } from '../../src/connections/refresh/refresh-rules.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
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

/** Settings of each connection's organization. */
const rulesOfEach = ofEach(
  fc.record({
    expiry_notifications: fc.boolean(),
    warning_days: warningDays,
    escalation_days: fc.integer({ min: 0, max: 30 }),
  }),
);
/** By the rules of each, in the order of the connections. */
const byEach = <Value>(values: readonly Value[]) =>
  organizationIds.map((organizationId, index) => ({ organizationId, by: values[index] as Value }));

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
      fc.asyncProperty(ofEach(told), rulesOfEach, async (columns, rules) => {
        const before = await stored(columns);
        const each = byEach(rules);
        const next = before.map((connection, index) => {
          const { refreshTokenExpiresAt: deadlineAt, warnedDays } = connection;
          const isNow = { deadlineAt, warnedDays, isAcknowledged: isAcknowledged(connection) };
          return nextWarningAt(isNow, rules[index] ?? defaultSettings);
        });
        await saveRecomputed(
          store.db,
          each.map(({ organizationId, by: warnings }) => ({ organizationId, warnings })),
          now,
        );
        const expected = before.map(({ snoozedUntil, warnAt }, index) =>
          snoozedUntil !== null && snoozedUntil > now ? warnAt : next[index],
        );
        expect((await read()).map(({ warnAt }) => warnAt)).toEqual(expected);
        await putWarningsRight(
          store.db,
          each.map(({ organizationId, by }) => ({ organizationId, rules: by })),
        );
        expect((await read()).map(({ warnAt }) => warnAt)).toEqual(next);
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
      fc.asyncProperty(ofEach(deadline), rulesOfEach, async (columns, rules) => {
        const before = await stored(columns);
        await saveRecomputed(
          store.db,
          byEach(rules).map(({ organizationId, by: escalation }) => ({ organizationId, escalation })),
          now,
        );
        const expected = before.map(({ refreshTokenExpiresAt, escalateAt, acknowledgedAt, escalatedAt }, index) => {
          const at = escalationAt(refreshTokenExpiresAt, rules[index] ?? defaultSettings);
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
      fc.asyncProperty(ofEach(tokens), ofEach(days), async (each, newDays) => {
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
        const refreshes = byEach(newDays.map((refresh_interval_days) => ({ refresh_interval_days })));
        await saveRecomputed(
          store.db,
          refreshes.map(({ organizationId, by: refresh }) => ({ organizationId, refresh })),
          now,
        );
        for (const [index, { refreshDueAt: at }] of (await read()).entries()) {
          const refresh_interval_days = newDays[index] ?? Number.NaN;
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
