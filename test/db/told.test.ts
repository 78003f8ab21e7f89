// What a space is owed unasked: what is its own news and was not told, once, whoever looks at the same time.

import { eq, ne, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinSpace, leaveSpace } from '../../src/chat/space.store.ts';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { newDeadline } from '../../src/connections/deadline.ts';
import { claimFailing, claimLost } from '../../src/connections/lost.store.ts';
import { addRefresh, claimRefreshNews, type NewRefresh } from '../../src/connections/refresh/journal.store.ts';
import { notifyRefreshed } from '../../src/connections/refresh/notify-refreshed.ts';
import { createJobs } from '../../src/db/jobs/jobs.ts';
import { everything } from '../../src/db/scope.ts';
import { notifySpace, notifySpaces } from '../../src/deadlines/notify-spaces.ts';
import { warnOfDeadlines } from '../../src/deadlines/warn.ts';
import { deadlinesNotice } from '../../src/deadlines/warning.notice.ts';
import { claimEscalations } from '../../src/deadlines/warning.store.ts';
import { queues } from '../../src/features.ts';
import { deadLetterNotice } from '../../src/notices/dead-letter.ts';
import { enqueueNotice } from '../../src/notices/enqueue-notice.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { changeSettings } from '../../src/settings/change-settings.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { defaultSettings, providerLevel } from '../../src/settings/settings.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';
import { rendererNamed, settingsEffects } from '../helpers/registry.ts';
import { aGrant, anOrganization, aRefresh, at, now, waitingForLocks } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations, notices, spaces, settings cascade`));

const roomId = 'room-operations';

function telling(instant = now) {
  const log = pino({ level: 'silent' });
  const jobs = createJobs({ database: store.database, queues, log });
  const admins = ['ada@meridian.example', 'ben@meridian.example'];
  return { db: store.db, jobs, clock: { now: () => instant, sleep: async () => {} }, log, admins };
}

const owed = async () =>
  (await store.db.select().from(notices).orderBy(notices.roomId)).map(({ payload }) => payload as object);

/** What is owed, and to whom. */
const owedTo = async () =>
  (await store.db.select().from(notices).orderBy(notices.kind, notices.toPersonEmail)).map(
    ({ kind, roomId, toPersonEmail }) => [kind, roomId ?? toPersonEmail],
  );

async function connected(values: Partial<typeof connections.$inferInsert> = {}, where = roomId): Promise<string> {
  const { id } = await anOrganization(store.db, { roomId: where });
  await saveConnection(store.db, aGrant(id), defaultSettings);
  await store.db.update(connections).set(values).where(eq(connections.organizationId, id));
  return id;
}

const join = (id = roomId) => joinSpace(store.db, { roomId: id, type: 'group', title: null, now });

describe('a space that wishes to know of each refresh', () => {
  beforeEach(async () => {
    await join();
    await store.db.update(spaces).set({ notifiedRefreshId: 0 });
  });

  const refreshed = (organizationId: string, values: Partial<NewRefresh> = {}) =>
    addRefresh(store.db, { ...aRefresh(organizationId), at: at('11:00:00'), ...values });
  const mark = async () =>
    (await store.db.select({ toldId: spaces.notifiedRefreshId }).from(spaces).where(eq(spaces.roomId, roomId)))[0]
      ?.toldId;

  it.each<[string, Partial<NewRefresh>, string]>([
    ['a refresh in another space', {}, 'room-other'],
    ['a refresh that a person asked for', { reason: 'asked' }, roomId],
    ['one that a probe needed', { reason: 'probed' }, roomId],
    ['a try that failed', { outcome: 'unavailable' }, roomId],
  ])('is owed nothing of %s, and is past it', async (_case, values, where) => {
    const { id } = await anOrganization(store.db, { roomId: where });
    await refreshed(id, values);
    await notifyRefreshed(telling(), { roomId });
    expect(await owed()).toEqual([]);
    expect(await mark()).toBeGreaterThan(0);
  });

  it('is owed one notice of all of its own', async () => {
    const { id } = await anOrganization(store.db);
    await refreshed(id);
    await refreshed(id, { outcome: 'same_token' });
    await notifyRefreshed(telling(), { roomId });
    await notifyRefreshed(telling(), { roomId });
    expect(await owed()).toEqual([{ kind: 'refreshed', afterId: 0, upToId: await mark() }]);
  });

  it('is not told again by somebody who looked before', async () => {
    expect(await claimRefreshNews(store.db, { roomId, upToId: 20 })).toBe(0);
    expect(await claimRefreshNews(store.db, { roomId, upToId: 10 })).toBeUndefined();
    expect(await mark()).toBe(20);
    expect(await claimRefreshNews(store.db, { roomId, upToId: 30 })).toBe(20);
  });

  it('is told of what comes after its first look', async () => {
    await store.db.update(spaces).set({ notifiedRefreshId: null });
    expect(await claimRefreshNews(store.db, { roomId, upToId: 10 })).toBeUndefined();
    expect(await claimRefreshNews(store.db, { roomId, upToId: 20 })).toBe(10);
  });
});

describe('news of a space that the bot has left', () => {
  const lost = { state: 'lost' } as const;
  const failing = { state: 'failing', failingWarnAt: now } as const;
  const ending = { refreshTokenExpiresAt: new Date('2026-03-08T12:00:00Z'), warnAt: now, escalateAt: null };

  beforeEach(async () => {
    await join();
    const quiet_hours = { from: '11:00', to: '13:30' };
    const space = { level: 'space', subject: roomId, by: 'ada@meridian.example', now } as const;
    await saveOwnSettings(store.db, { ...space, values: { quiet_hours, verbosity: 'all' } });
    await leaveSpace(store.db, { roomId, now });
  });

  it.each([
    ['connections_lost', lost],
    ['connections_failing', failing],
    ['deadlines', ending],
  ])('are owed to the administrators, whatever its quiet hours: %s', async (kind, values) => {
    await connected(values);
    await notifySpaces(telling());
    await notifySpaces(telling());
    expect(await owedTo()).toEqual([
      [kind, 'ada@meridian.example'],
      [kind, 'ben@meridian.example'],
    ]);
  });

  it('are owed to them at once where a connection is lost', async () => {
    await connected(lost);
    await notifySpace(telling(), { roomId });
    expect(await owedTo()).toEqual([
      ['connections_lost', 'ada@meridian.example'],
      ['connections_lost', 'ben@meridian.example'],
    ]);
  });
});

describe('a space that wishes for a digest again after two months', () => {
  it('is owed that of a day, once', async () => {
    await join();
    await store.db.update(spaces).set({ digestedAt: new Date('2026-01-01T08:00:00Z') });
    const space = { level: 'space', subject: roomId, by: 'ada@meridian.example', now } as const;
    await saveOwnSettings(store.db, { ...space, values: { verbosity: 'daily_digest' } });
    await notifySpaces(telling());
    await notifySpaces(telling(at('13:00:00')));
    const from = new Date('2026-02-28T08:00:00Z').toISOString();
    expect(await owed()).toEqual([{ kind: 'daily_digest', from, to: now.toISOString() }]);
  });
});

describe('the quiet hours of a space', () => {
  it('keep its warnings back, and not what the administrators are told', async () => {
    await join();
    const quiet_hours = { from: '11:00', to: '13:30' };
    const space = { level: 'space', subject: roomId, by: 'ada@meridian.example', now } as const;
    await saveOwnSettings(store.db, { ...space, values: { quiet_hours } });
    await connected({ refreshTokenExpiresAt: new Date('2026-03-03T12:00:00Z'), warnAt: now, escalateAt: now });
    await notifySpaces(telling());
    expect(await owedTo()).toEqual([
      ['escalation', 'ada@meridian.example'],
      ['escalation', 'ben@meridian.example'],
    ]);
    await notifySpaces(telling(at('13:30:00')));
    expect(await owedTo()).toEqual([
      ['deadlines', roomId],
      ['escalation', 'ada@meridian.example'],
      ['escalation', 'ben@meridian.example'],
    ]);
  });
});

describe('a deadline that was escalated', () => {
  it.each([2, 5])('is not escalated again where escalation moves to %i days before it', async (escalation_days) => {
    await join();
    await connected({ refreshTokenExpiresAt: new Date('2026-03-04T12:00:00Z'), escalateAt: now });
    await notifySpaces(telling());
    const escalated = await owedTo();
    expect(escalated).toContainEqual(['escalation', 'ada@meridian.example']);
    await changeSettings(
      { ...telling(), settingsEffects },
      {
        of: providerLevel,
        scope: everything,
        isDirect: false,
        expectedVersion: null,
        values: { escalation_days },
        by: { personId: 'ada', email: 'ada@meridian.example' },
        roomId,
      },
    );
    await notifySpaces(telling(new Date('2026-03-03T12:00:00Z')));
    expect((await owedTo()).filter(([kind]) => kind === 'escalation')).toEqual(
      escalated.filter(([kind]) => kind === 'escalation'),
    );
  });
});

describe('21 connections that expire over six days', () => {
  it('U4: are told of in one summary a day and space, and in one direct message a day and person', async () => {
    await join();
    const hourMs = 60 * 60_000;
    const start = at('05:30:00').getTime();
    for (let index = 0; index < 21; index += 1) {
      const deadlineAt = new Date(start + (35 * 24 + index * 6.7) * hourMs);
      await connected({ refreshTokenExpiresAt: deadlineAt, ...newDeadline(deadlineAt, defaultSettings) });
    }
    // For six weeks, so that each hour of a day is looked at.
    for (let hour = 0; hour < 42 * 24; hour += 3) await notifySpaces(telling(new Date(start + hour * hourMs)));

    const said = await store.db.select().from(notices);
    const dayOf = (createdAt: Date) => createdAt.toISOString().slice(0, 10);
    const deadlines = said
      .filter(({ kind }) => kind === 'deadlines')
      .map(({ payload, createdAt }) => ({ ...deadlinesNotice.read(payload), day: dayOf(createdAt) }));
    const isSummary = ({ bands, reminders }: (typeof deadlines)[number]) =>
      reminders > 0 || bands.some(({ days }) => days > 0);
    const days = deadlines.filter(isSummary).map(({ day }) => day);
    expect(days).toEqual([...new Set(days)]);
    const direct = said
      .filter(({ kind }) => kind === 'escalation')
      .map(({ toPersonEmail, createdAt }) => `${toPersonEmail} ${dayOf(createdAt)}`);
    expect(direct).toEqual([...new Set(direct)]);

    // Each was told at each threshold, and of its end; the ends alone came beside the summaries.
    const told = deadlines.flatMap(({ bands }) => bands);
    const count = (least: number, most: number) =>
      told.filter(({ days }) => least <= days && days <= most).reduce((sum, band) => sum + band.count, 0);
    expect([count(30, 31), count(14, 15), count(7, 8), count(3, 4), count(1, 2)]).toEqual([21, 21, 21, 21, 21]);
    expect(await store.db.select().from(connections).where(ne(connections.warnedDays, 0))).toEqual([]);
  });
});

describe('a space for which telling fails', () => {
  it('keeps no other from being told, and the run fails once all others are', async () => {
    await store.db.execute(sql`alter table notices add constraint broken check (room_id <> 'room-2')`);
    for (const where of ['room-1', 'room-2', 'room-3']) {
      await join(where);
      const ends = { refreshTokenExpiresAt: new Date('2026-03-03T12:00:00Z'), warnAt: now };
      await connected({ ...ends, escalateAt: where === 'room-2' ? now : null }, where);
    }
    await expect(notifySpaces(telling())).rejects.toThrow('telling failed 1 times');
    const told = [
      ['deadlines', 'room-1'],
      ['deadlines', 'room-3'],
      ['escalation', 'ada@meridian.example'],
      ['escalation', 'ben@meridian.example'],
    ];
    expect((await owedTo()).sort()).toEqual(told);
    await store.db.execute(sql`alter table notices drop constraint broken`);
    await notifySpaces(telling());
    expect((await owedTo()).sort()).toEqual([...told, ['deadlines', 'room-2']].sort());
  });
});

/** Only where several statements run at the same time can one wait for another. */
describe.runIf(TEST_DRIVER === 'postgres')('connections of which somebody writes something', () => {
  const due = {
    lost: { state: 'lost' as const },
    failing: { state: 'failing' as const, failingWarnAt: now },
    ending: { warnAt: now, escalateAt: now },
  };
  const rules = { roomId, addressees: [{ roomId, parentMessageId: null }], settings: defaultSettings };

  it.each<[string, Partial<typeof connections.$inferInsert>, () => Promise<unknown>]>([
    ['claimLost', due.lost, () => claimLost(store.db, { roomId, now })],
    ['claimFailing', due.failing, () => claimFailing(store.db, { roomId, now })],
    [
      'claimEscalations',
      due.ending,
      () => claimEscalations(store.db, { roomIds: [roomId], now, until: at('12:00:01') }),
    ],
    ['warnOfDeadlines', due.ending, () => warnOfDeadlines(telling(), rules)],
    [
      'changeSettings',
      due.ending,
      () =>
        changeSettings(
          { ...telling(), settingsEffects },
          {
            of: providerLevel,
            scope: everything,
            isDirect: false,
            expectedVersion: null,
            values: { warning_days: [60], escalation_days: 10, refresh_interval_days: 2 },
            by: { personId: 'ada', email: 'ada@meridian.example' },
            roomId,
          },
        ),
    ],
  ])('are waited for in the order of their ids, holding none behind it: %s', async (_name, values, work) => {
    // The store finds the higher id first.
    const [first = '', second = ''] = [await connected(values), await connected(values)].sort().reverse();
    await store.db.delete(connections).where(eq(connections.organizationId, second));
    await saveConnection(store.db, aGrant(second), defaultSettings);
    await store.db.update(connections).set(values).where(eq(connections.organizationId, second));
    let working: Promise<unknown> | undefined;
    await store.db.transaction(async (tx) => {
      await tx.update(connections).set({ probedAt: now }).where(eq(connections.organizationId, second));
      working = work();
      await expect.poll(() => waitingForLocks(store.db)).toBe(1);
      const behind = tx.select().from(connections).where(eq(connections.organizationId, first));
      await behind.for('update', { noWait: true });
    });
    await working;
  });
});

describe('a notice that Webex refuses', () => {
  async function refused(kind: 'connections_lost' | 'escalation' | 'daily_digest', toPersonEmail?: string) {
    const notice = kind === 'daily_digest' ? { kind, from: now, to: now } : { kind, organizationIds: [], total: 0 };
    const place = toPersonEmail === undefined ? { roomId, parentMessageId: null } : { toPersonEmail };
    const deps = telling();
    await store.db.transaction((tx) => enqueueNotice({ tx, jobs: deps.jobs }, { key: kind, notice, place, now }));
    const [row] = await store.db.select().from(notices);
    if (!row) throw new Error('nothing is owed');
    const giveUp = () => deadLetterNotice(deps, { ...row, notice, ...rendererNamed(kind), reason: 'http_403' });
    await giveUp();
    await giveUp();
    expect((await store.db.select().from(notices)).find(({ id }) => id === row.id)?.undeliverable).toBe('http_403');
  }

  it('goes to the administrators instead, once, where a space must know it', async () => {
    await refused('connections_lost');
    expect(await owedTo()).toEqual([
      ['connections_lost', 'ada@meridian.example'],
      ['connections_lost', 'ben@meridian.example'],
      ['connections_lost', roomId],
    ]);
  });

  it('is given up where it was owed to one of them, or can be missed', async () => {
    await refused('connections_lost', 'ada@meridian.example');
    expect(await owedTo()).toHaveLength(1);
    await store.db.delete(notices);
    await refused('daily_digest');
    expect(await owedTo()).toHaveLength(1);
  });
});
