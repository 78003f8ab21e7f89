import { asc, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dueRefreshes, saveConnection, saveRefreshFailure } from '../../src/connections/connection.store.ts';
import { connections, refreshes } from '../../src/connections/connections.schema.ts';
import type { Due } from '../../src/connections/due.store.ts';
import { claimLost } from '../../src/connections/lost.store.ts';
import { type ClaimedRefresh, claimRefresh } from '../../src/connections/refresh/claim.store.ts';
import { addRefresh, failingSince } from '../../src/connections/refresh/journal.store.ts';
import {
  endOpenRefresh,
  endRefresh,
  releaseRefresh,
  rescheduleRefresh,
} from '../../src/connections/refresh/refresh.store.ts';
import { refusedGrantors } from '../../src/connections/refresh/refusals.store.ts';
import { saveRefreshed } from '../../src/connections/refresh/saved.store.ts';
import { askOwnTokens } from '../../src/connections/service-app/own-app.ts';
import { saveAsAppOwner } from '../../src/connections/service-app/owner.store.ts';
import { clearFlag, misconfigured, readFlag, setFlagOnce } from '../../src/db/flags.ts';
import type { Sealer } from '../../src/db/seal/seal.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { findOrganization } from '../../src/organizations/organization.store.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import type { OwnSettings } from '../../src/settings/settings.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { requestCancel } from '../../src/transactions/cancellation.store.ts';
import { endTransaction, readTransaction } from '../../src/transactions/transaction.store.ts';
import { transactionLog, transactions } from '../../src/transactions/transactions.schema.ts';
import type { WebexClient } from '../../src/webex/client.ts';
import { WebexRefused } from '../../src/webex/errors.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';
import { workflows } from '../helpers/registry.ts';
import { aGrant, anOrganization, aRefresh, at, now, waitingForLocks } from './rows.ts';

let store: TestDatabase;
let organizationId: string;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  organizationId = (await anOrganization(store.db, { http_proxy: 'v1.k.sealed-proxy' })).id;
  await saveConnection(store.db, { ...aGrant(organizationId), refreshDueAt: at('11:59:00') }, defaultSettings);
});

const claim = (input: Partial<Parameters<typeof claimRefresh>[1]> = {}) =>
  claimRefresh(store.db, {
    organizationId,
    asked: false,
    requestedBy: 'Hubkeeper',
    now,
    until: at('12:00:20'),
    ...input,
  });

async function claimed(input: Parameters<typeof claim>[0] = {}): Promise<ClaimedRefresh> {
  const its = await claim(input);
  if (!its) throw new Error('it could not be claimed');
  return its;
}

const save = ({ transactionId, attempt, connection }: ClaimedRefresh, readRefreshToken = 'v1.k.sealed-refresh') =>
  saveRefreshed(store.db, {
    transactionId,
    attempt,
    readRefreshToken,
    refreshed: {
      accessToken: 'v1.k.sealed-access-2',
      refreshToken: 'v1.k.sealed-refresh-2',
      accessTokenExpiresAt: new Date('2026-03-15T12:00:01Z'),
      refreshTokenExpiresAt: new Date('2026-06-01T12:00:00Z'),
      obtainedAt: now,
      scopes: ['spark:people_read', 'spark-admin:licenses_read'],
      refreshDueAt: new Date('2026-03-08T12:00:00Z'),
    },
    rules: defaultSettings,
    entry: {
      organizationId: connection.organizationId,
      at: at('12:00:01'),
      reason: 'due',
      transactionId,
      outcome: 'renewed',
      oldDeadlineAt: new Date('2026-05-30T12:00:00Z'),
      newDeadlineAt: new Date('2026-06-01T12:00:00Z'),
      accessTokenExpiresAt: new Date('2026-03-15T12:00:01Z'),
      accessTokenFingerprint: 'aaaa',
      refreshTokenFingerprint: 'bbbb',
    },
    message: 'Renewed by 2 days.',
    hasFailedBefore: connection.failures > 0,
  });

const connection = async () =>
  (await store.db.select().from(connections).where(eq(connections.organizationId, organizationId)))[0];
const journal = () => store.db.select().from(refreshes).where(eq(refreshes.organizationId, organizationId));

describe('a claim', () => {
  it('reads the connection and the record as they are then, and opens a transaction with its one step', async () => {
    const { transactionId, attempt, organization, connection } = await claimed();
    expect(connection).toMatchObject({ ...aGrant(organizationId), refreshDueAt: at('11:59:00') });
    expect(connection).toMatchObject({
      refreshLeasedUntil: at('12:00:20'),
      findings: [],
      state: 'connected',
      warnedDays: null,
    });
    expect(organization).toMatchObject({ id: organizationId, name: 'Acme Robotics', http_proxy: 'v1.k.sealed-proxy' });
    expect(organization).toMatchObject({ createdAt: now, sync: true });
    expect(attempt).toBe(1);
    expect(await readTransaction(store.db, transactionId)).toMatchObject({
      action: 'refresh',
      organizationId,
      organizationName: 'Acme Robotics',
      requestedBy: 'Hubkeeper',
      roomId: 'room-operations',
      status: 'in_progress',
      submittedAt: now,
      startedAt: now,
      completedAt: null,
      steps: [{ position: 0, name: 'refresh_tokens', attempt: 1, status: 'running', startedAt: now }],
    });
  });

  it('is made by one of many who try at once', async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it.each([
    ['is held', {}, { refreshLeasedUntil: at('12:00:01') }, false],
    ['was held', {}, { refreshLeasedUntil: at('12:00:00') }, true],
    ['is lost', {}, { state: 'lost' }, false],
    ['is lost, for a probe', { probed: true }, { state: 'lost' }, false],
    [
      'is failing, where its authorization is doubted',
      { probed: true, doubted: true },
      { state: 'failing', refreshDueAt: at('12:00:01') },
      true,
    ],
    ['is lost, where its authorization is doubted', { probed: true, doubted: true }, { state: 'lost' }, false],
    ['is lost but asked for', { asked: true }, { state: 'lost' }, true],
    ['is lost and asked for, but erased', { asked: true }, { state: 'lost', refreshToken: null }, false],
    ['is not due but probed', { probed: true }, { refreshDueAt: at('12:00:01') }, true],
    ['is failing and probed', { probed: true }, { state: 'failing', refreshDueAt: at('12:00:01') }, false],
    ['is not due', {}, { refreshDueAt: at('12:00:01') }, false],
    ['is not due but asked for', { asked: true }, { refreshDueAt: at('12:00:01') }, true],
  ] as const)('of one that %s', async (_case, input, values, succeeds) => {
    await store.db.update(connections).set(values).where(eq(connections.organizationId, organizationId));
    expect((await claim(input)) !== undefined).toBe(succeeds);
    const opened = await store.db.select().from(transactions).where(eq(transactions.organizationId, organizationId));
    expect(opened).toHaveLength(succeeds ? 1 : 0);
  });

  it('waits for whoever writes something else of the connection; the others go ahead', async () => {
    const other = (await anOrganization(store.db)).id;
    await saveConnection(store.db, { ...aGrant(other), refreshDueAt: at('11:59:00') }, defaultSettings);
    const hold = { begun: () => {}, end: () => {} };
    const begun = new Promise<void>((resolve) => {
      hold.begun = resolve;
    });
    const ending = new Promise<void>((resolve) => {
      hold.end = resolve;
    });
    const writing = store.db.transaction(async (tx) => {
      await tx.update(connections).set({ probedAt: now }).where(eq(connections.organizationId, organizationId));
      hold.begun();
      await ending;
    });
    await begun;
    const claims = [claimed(), claimed({ organizationId: other })] as const;
    if (TEST_DRIVER === 'postgres') {
      await claims[1];
      await expect.poll(() => waitingForLocks(store.db)).toBe(1);
    }
    hold.end();
    await writing;
    expect((await claims[0]).connection).toMatchObject({ organizationId, probedAt: now });
    expect((await claims[1]).connection).toMatchObject({ organizationId: other });
  });

  it('that is let go is free at once, due, and goes on with its transaction; one that others have by now is not', async () => {
    const message = 'It tries again by itself.';
    const first = await claimed({ asked: true, now: at('11:00:00') });
    expect(first.until).toEqual(at('12:00:20'));
    await releaseRefresh(store.db, { ...first, organizationId, until: at('12:00:21'), message, now: at('11:00:01') });
    expect(await claim({ asked: true, now: at('11:00:02') })).toBeUndefined();
    await releaseRefresh(store.db, { ...first, organizationId, message, now: at('11:00:03') });
    expect(await readTransaction(store.db, first.transactionId)).toMatchObject({
      status: 'in_progress',
      completedAt: null,
      steps: [{ status: 'waiting', message }],
    });
    const second = await claimed({ now: at('11:00:04') });
    expect(second).toMatchObject({ transactionId: first.transactionId, attempt: 2 });
  });

  it('that was taken together with others is let go on its own, and a wish to cancel ends its transaction at once', async () => {
    const other = (await anOrganization(store.db)).id;
    const later = new Date('2026-03-08T12:00:00Z');
    await saveConnection(store.db, { ...aGrant(other), refreshDueAt: later }, defaultSettings);
    const earlier = { now: at('12:00:00'), until: new Date('2026-03-01T12:00:20.000Z') };
    const last = { now: new Date('2026-03-01T12:00:00.007Z'), until: new Date('2026-03-01T12:00:20.007Z') };
    // Whoever asks within the same turn goes along.
    const [first, second] = await Promise.all([
      claimed({ organizationId: other, asked: true, ...earlier }),
      claimed(last),
    ]);
    expect([first.until, second.until]).toEqual([last.until, last.until]);
    const letGo = { organizationId: other, message: 'It tries again by itself.', now: at('12:00:04') };
    await releaseRefresh(store.db, { ...first, ...letGo });
    const due = await dueRefreshes(store.db, { now: at('12:00:05'), after: undefined, limit: 1000 });
    expect(due.map((one) => one.organizationId)).toContain(other);
    expect(await connection()).toMatchObject({ refreshLeasedUntil: last.until });
    const wish = { by: 'ada@meridian.example', now: at('12:00:06') };
    expect(await requestCancel(store.db, { words: workflows, transactionId: first.transactionId, ...wish })).toBe(
      'canceled',
    );
    expect(await requestCancel(store.db, { words: workflows, transactionId: second.transactionId, ...wish })).toBe(
      'pending',
    );
  });

  it('takes up the transaction that a dead process left, whose own try counts no more', async () => {
    const dead = await claimed();
    const next = await claimed({ now: at('12:00:20'), until: at('12:00:40'), requestedBy: 'ada@meridian.example' });
    expect(next).toMatchObject({ transactionId: dead.transactionId, attempt: 2 });
    await rescheduleRefresh(store.db, { ...dead, message: 'of the dead', now });
    expect(await readTransaction(store.db, next.transactionId)).toMatchObject({
      requestedBy: 'Hubkeeper',
      steps: [{ status: 'running', attempt: 2, message: null }],
    });
  });
});

describe('new tokens', () => {
  it.runIf(TEST_DRIVER === 'postgres')(
    'of several wait in the order of their ids for whoever writes something, holding none behind it',
    async () => {
      const other = (await anOrganization(store.db)).id;
      await saveConnection(store.db, { ...aGrant(other), refreshDueAt: at('11:59:00') }, defaultSettings);
      const [first = '', second = ''] = [organizationId, other].sort();
      const claims = [await claimed({ organizationId: second }), await claimed({ organizationId: first })];
      let saving: Promise<boolean[]> | undefined;
      await store.db.transaction(async (tx) => {
        await tx.update(connections).set({ probedAt: now }).where(eq(connections.organizationId, first));
        saving = Promise.all(claims.map((its) => save(its)));
        await expect.poll(() => waitingForLocks(store.db)).toBe(1);
        const behind = tx.select().from(connections).where(eq(connections.organizationId, second));
        await behind.for('update', { noWait: true });
      });
      expect(await saving).toEqual([true, true]);
    },
  );

  it('are saved with the journal and the end of the transaction', async () => {
    const its = await claimed();
    expect(await save(its)).toBe(true);
    expect(await connection()).toMatchObject({
      accessToken: 'v1.k.sealed-access-2',
      refreshLeasedUntil: null,
      state: 'connected',
      scopes: ['spark:people_read', 'spark-admin:licenses_read'],
      warnAt: new Date('2026-05-02T12:00:00Z'),
    });
    expect(await journal()).toMatchObject([
      { transactionId: its.transactionId, outcome: 'renewed', at: at('12:00:01'), code: null },
    ]);
    expect(await readTransaction(store.db, its.transactionId)).toMatchObject({
      status: 'success',
      message: 'Renewed by 2 days.',
      completedAt: at('12:00:01'),
      steps: [{ status: 'done', message: 'Renewed by 2 days.', completedAt: at('12:00:01') }],
    });
    // The next refresh is another transaction.
    const next = await claimed({ asked: true });
    expect(next.transactionId).toBeGreaterThan(its.transactionId);
  });

  it('bring back a connection that another process took for lost meanwhile, whose real loss is told again', async () => {
    const its = await claimed();
    const loss = { organizationId, state: 'lost', stateReason: 'invalid_grant', failingWarnAt: null } as const;
    const lose = (readRefreshToken: string) =>
      saveRefreshFailure(store.db, { ...loss, readRefreshToken, refreshDueAt: at('11:59:00') });
    const { roomId } = its.organization;
    await lose('v1.k.sealed-refresh');
    expect(await claimLost(store.db, { roomId, now })).toContain(organizationId);
    expect(await save(its)).toBe(true);
    expect(await connection()).toMatchObject({ state: 'connected', lostNotifiedAt: null });
    expect(await lose('v1.k.sealed-refresh-2')).toBe(true);
    expect(await claimLost(store.db, { roomId, now })).toContain(organizationId);
    expect(await claimLost(store.db, { roomId, now })).not.toContain(organizationId);
  });

  it('are saved although the transaction was ended meanwhile, which stays as it is', async () => {
    const its = await claimed();
    await endTransaction(store.db, { words: workflows, transactionId: its.transactionId, status: 'fail', now });
    expect(await save(its)).toBe(true);
    expect(await journal()).toHaveLength(1);
    expect(await readTransaction(store.db, its.transactionId)).toMatchObject({ status: 'fail', completedAt: now });
  });

  it.each([
    ['that had failed', 1, 'v1.k.sealed-refresh', undefined],
    ['that had failed and was replaced meanwhile', 1, 'v1.k.another', undefined],
    ['that was well', 0, 'v1.k.sealed-refresh', 'invalid_client'],
  ])('of a connection %s show whether Webex takes our integration again', async (_case, failures, token, marker) => {
    await clearFlag(store.db, misconfigured);
    await setFlagOnce(store.db, { name: misconfigured, value: 'invalid_client', now });
    await store.db.update(connections).set({ failures }).where(eq(connections.organizationId, organizationId));
    await save(await claimed(), token);
    expect(await readFlag(store.db, misconfigured)).toBe(marker);
  });

  it('are not saved where the grant was replaced, and nothing else is written', async () => {
    const its = await claimed();
    expect(await save(its, 'v1.k.another')).toBe(false);
    expect(await journal()).toEqual([]);
    expect(await readTransaction(store.db, its.transactionId)).toMatchObject({ status: 'in_progress' });
    expect(await connection()).toMatchObject({ accessToken: 'v1.k.sealed-access' });
  });
});

describe('a try that brought nothing', () => {
  it('leaves the transaction open and its step waiting, and says why in its log', async () => {
    const its = await claimed();
    await rescheduleRefresh(store.db, { ...its, message: 'Webex does not answer.', now: at('12:00:02') });
    expect(await readTransaction(store.db, its.transactionId)).toMatchObject({
      status: 'in_progress',
      completedAt: null,
      steps: [{ status: 'waiting', message: 'Webex does not answer.' }],
    });
    const log = await store.db
      .select()
      .from(transactionLog)
      .where(eq(transactionLog.transactionId, its.transactionId))
      .orderBy(asc(transactionLog.id));
    expect(log).toMatchObject([
      { at: at('12:00:02'), message: 'Ask Webex for new tokens and store them, try 1: Webex does not answer.' },
    ]);
  });

  it('keeps when the space is told, and since when it fails, as of the first of a row', async () => {
    const fail = async (failedAt: Date, failingWarnAt: Date) => {
      const failure = { state: 'failing', stateReason: 'timeout', refreshDueAt: at('13:00:00') } as const;
      const read = { organizationId, readRefreshToken: 'v1.k.sealed-refresh' };
      expect(await saveRefreshFailure(store.db, { ...read, ...failure, failingWarnAt })).toBe(true);
      await addRefresh(store.db, { ...entry, at: failedAt, outcome: 'unavailable', code: 'timeout' });
    };
    const entry = aRefresh(organizationId);
    // Of an earlier row, which new tokens have ended.
    await addRefresh(store.db, { ...entry, at: at('11:00:00'), outcome: 'unavailable', code: 'timeout' });
    await addRefresh(store.db, { ...entry, at: at('12:00:01'), outcome: 'renewed' });
    expect(await failingSince(store.db, [organizationId])).toEqual(new Map());
    await fail(at('12:10:00'), at('12:40:00'));
    await fail(at('12:20:00'), at('12:50:00'));
    expect(await failingSince(store.db, [organizationId])).toEqual(new Map([[organizationId, at('12:10:00')]]));
    expect(await connection()).toMatchObject({ failures: 2, failingWarnAt: at('12:40:00') });
  });

  it('ends the transaction where the grant is lost, with its cure', async () => {
    const its = await claimed();
    const end = { status: 'fail', message: 'Refused.', reason: 'invalid_grant', hint: 'Connect it again.' } as const;
    await endRefresh(store.db, { ...its, ...end, now: at('12:00:02') });
    expect(await readTransaction(store.db, its.transactionId)).toMatchObject({
      ...end,
      completedAt: at('12:00:02'),
      steps: [{ status: 'failed', message: 'Refused.' }],
    });
  });

  it('is ended by a new grant', async () => {
    const its = await claimed();
    await rescheduleRefresh(store.db, { ...its, message: 'Webex does not answer.', now });
    await endOpenRefresh(store.db, { organizationId, message: 'It was connected again.', now: at('12:00:03') });
    expect(await readTransaction(store.db, its.transactionId)).toMatchObject({
      status: 'success',
      message: 'It was connected again.',
      steps: [{ status: 'skipped' }],
    });
  });
});

describe('a claim', () => {
  it('brings what counts in the space of the organization', async () => {
    const { settings } = await claimed();
    expect(settings).toEqual(defaultSettings);
    const { roomId } = (await findOrganization(store.db, organizationId)) ?? { roomId: '' };
    const decide = (level: 'provider' | 'space', subject: string, values: OwnSettings) =>
      saveOwnSettings(store.db, { level, subject, values, by: 'ada@meridian.example', now });
    await decide('provider', '', { refresh_interval_days: 3, verbosity: 'all' });
    await decide('space', roomId, { verbosity: 'daily_digest' });
    const later = at('12:01:00');
    expect((await claimed({ now: later, until: at('12:02:00') })).settings).toEqual({
      ...defaultSettings,
      refresh_interval_days: 3,
      verbosity: 'daily_digest',
    });
  });
});

describe('a look for what is due', () => {
  it('goes on behind the last one that it found, even among those due at the same microsecond', async () => {
    const due = { refreshDueAt: sql`'2020-01-01 00:00:00.000123+00'` };
    const ids = await Promise.all([1, 2, 3, 4, 5].map(async () => (await anOrganization(store.db)).id));
    for (const id of ids) await saveConnection(store.db, aGrant(id), defaultSettings);
    await store.db.update(connections).set(due).where(inArray(connections.organizationId, ids));
    const [lost, held] = ids;
    await store.db
      .update(connections)
      .set({ state: 'lost' })
      .where(eq(connections.organizationId, lost ?? ''));
    await claimed({ organizationId: held ?? '' });
    const found: string[] = [];
    let after: Due | undefined;
    do {
      const page = await dueRefreshes(store.db, { now: new Date('2020-01-02T00:00:00Z'), after, limit: 2 });
      found.push(...page.map((one) => one.organizationId));
      after = page.at(-1);
    } while (after);
    expect(found).toEqual(ids.slice(2).sort());
  });
});

describe('many at once', () => {
  it('are claimed and saved together, each with what is its own, and one that was replaced spoils none', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const { id } = await anOrganization(store.db, { name });
        const grant = { ...aGrant(id), refreshToken: `v1.k.${name}`, refreshDueAt: at('11:59:00') };
        await saveConnection(store.db, grant, defaultSettings);
        return id;
      }),
    );
    const claims = await Promise.all(
      [...ids, ids[0]].map((id, index) =>
        claimed({ organizationId: id ?? '', requestedBy: `${index}` }).catch(() => null),
      ),
    );
    // Wanted twice, taken once.
    expect(claims.filter((one) => one !== null).map(({ organization }) => organization.name)).toEqual(['a', 'b', 'c']);
    const its = claims.filter((one) => one !== null);
    const saves = its.map((one) => {
      organizationId = one.organization.id;
      return save(one, one.organization.name === 'b' ? 'v1.k.replaced' : one.connection.refreshToken);
    });
    expect(await Promise.all(saves)).toEqual([true, false, true]);
    const statuses = await Promise.all(
      its.map(async ({ transactionId }) => (await readTransaction(store.db, transactionId))?.status),
    );
    expect(statuses).toEqual(['success', 'in_progress', 'success']);
    for (const [index, entries] of [1, 0, 1].entries()) {
      organizationId = ids[index] ?? '';
      expect(await journal()).toHaveLength(entries);
    }
  });
});

describe('grants that no person gave', () => {
  const byApp = { way: 'service_app' as const, authorizedPersonId: null, authorizedEmail: null };
  const connect = (id: string, grant: Partial<Parameters<typeof saveConnection>[1]>) =>
    saveConnection(store.db, { ...aGrant(id), ...grant }, defaultSettings);

  it('count as one each where Webex refuses many together', async () => {
    const refusedAt = at('13:30:00');
    const since = at('13:25:00');
    const ids = [organizationId, (await anOrganization(store.db)).id, (await anOrganization(store.db)).id];
    for (const id of ids) {
      await connect(id, byApp);
      const lost = { state: 'lost', stateReason: 'not_authorized', failingWarnAt: null } as const;
      const read = { organizationId: id, readRefreshToken: 'v1.k.sealed-refresh', refreshDueAt: now };
      await saveRefreshFailure(store.db, { ...read, ...lost, refusedAt });
    }
    expect(await refusedGrantors(store.db, { since })).toBe(3);
    expect(await refusedGrantors(store.db, { since, besides: organizationId })).toBe(2);
  });

  it('are not asked for with a grant of the owner that brings no tokens: nobody counts as deauthorized', async () => {
    await saveAsAppOwner(store.db, organizationId);
    const asked: string[] = [];
    const deps = {
      db: store.db,
      sealer: { open: () => 'owner', seal: () => '' } as unknown as Sealer,
      clock: { now: () => now } as Clock,
      connectAs: (token: string) =>
        ({
          async post() {
            asked.push(token);
            throw Object.assign(Object.create(WebexRefused.prototype), { status: 403, code: 'http_403' });
          },
        }) as unknown as WebexClient,
      webex: { serviceApp: { clientId: 'app', clientSecret: 'secret', name: undefined } },
    };
    const ask = () => askOwnTokens(deps, { account_number: 'acme' });
    expect(await ask()).toEqual({ refused: 'no_owner' });
    expect(asked).toEqual([]);
    await connect(organizationId, { scopes: ['spark:applications_token'] });
    expect(await ask()).toMatchObject({ refused: 'not_authorized' });
    expect(asked).toEqual(['owner']);
  });
});
