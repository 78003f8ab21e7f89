// Deletions, undos, purges and refreshes that meet: whatever comes first, nothing is lost, nothing comes back twice, and no schedule finds what is deleted.
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { administrators, rights } from '../../src/chat/chat.schema.ts';
import { connectWorkflow } from '../../src/connections/connect/connect.workflow.ts';
import { connectAction, storeStep } from '../../src/connections/connect/connect-rules.ts';
import { sealPending } from '../../src/connections/connect/steps/pending.ts';
import { dueRefreshes, findConnection, hasTokens, saveConnection } from '../../src/connections/connection.store.ts';
import { connections, withdrawnConnections } from '../../src/connections/connections.schema.ts';
import { disconnect } from '../../src/connections/disconnect.ts';
import { connectionRecordHooks } from '../../src/connections/record-hooks.ts';
import { claimRefresh } from '../../src/connections/refresh/claim.store.ts';
import { keepTokens } from '../../src/connections/refresh/keep-tokens.ts';
import { connectionSettingsEffect } from '../../src/connections/settings-effect.ts';
import { withdrawnOf } from '../../src/connections/withdrawn.store.ts';
import { customers, PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import { insertCustomer, readCustomer } from '../../src/customers/tree.store.ts';
import { rows } from '../../src/db/database.ts';
import { createJobs } from '../../src/db/jobs/jobs.ts';
import { everything } from '../../src/db/scope.ts';
import { replacedGrantPlace, tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { sealerOf } from '../../src/db/store-sealer.ts';
import { directoryRecordHooks } from '../../src/directory/record-hooks.ts';
import { queues } from '../../src/features.ts';
import { trackInFlight } from '../../src/lib/in-flight.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { mayBeReadBy, mayBeReadIn } from '../../src/notices/readers.store.ts';
import { deleteOrganization } from '../../src/organizations/delete/delete-organization.ts';
import { organizationPurgedNotice } from '../../src/organizations/delete/deletion.notice.ts';
import { deletedInScope } from '../../src/organizations/delete/deletion.store.ts';
import { purgeOrganization } from '../../src/organizations/delete/purge-organization.ts';
import { undoDeletion } from '../../src/organizations/delete/undo-deletion.ts';
import {
  findOrganization,
  findOrganizationInScope,
  firstOrganizations,
  lockOrganization,
} from '../../src/organizations/organization.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { defaultSettings, providerLevel } from '../../src/settings/settings.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { advanceTransaction } from '../../src/transactions/advance-transaction.ts';
import { createTransaction, readTransaction } from '../../src/transactions/transaction.store.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { createWorkflows } from '../../src/transactions/workflow.ts';
import { dayMs } from '../helpers/connections.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, at, now } from './rows.ts';

const ada = { personId: 'person-ada', email: 'ada@meridian.example' };
const place = { roomId: 'room-operations', parentMessageId: null };

let store: TestDatabase;
let organizationId: string;
let clicks = 0;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.execute(sql`truncate organizations, notices, transactions, spaces, settings cascade`);
  organizationId = (await anOrganization(store.db)).id;
  await saveConnection(store.db, grant(), defaultSettings);
});

const seal = (column: 'access_token' | 'refresh_token', token: string) =>
  sealerOf(store.db).seal(token, tokenPlace(column, organizationId));
const open = (sealed: string | null, column: 'access_token' | 'refresh_token') =>
  sealerOf(store.db).open(sealed ?? '', tokenPlace(column, organizationId));

const grant = () => ({
  ...aGrant(organizationId),
  accessToken: seal('access_token', 'access-1'),
  refreshToken: seal('refresh_token', 'refresh-1'),
  refreshDueAt: at('11:59:00'),
});

/** Webex refuses every refresh as of a grant that has ended. */
function depsAt(instant: Date) {
  const log = pino({ level: 'silent' });
  return {
    db: store.db,
    jobs: createJobs({ database: store.database, queues, log }),
    clock: { now: () => instant, sleep: async () => {} },
    log,
    sealer: sealerOf(store.db),
    admins: [ada.email],
    recordHooks: [connectionRecordHooks, directoryRecordHooks] as never[],
    settingsEffects: [connectionSettingsEffect],
    oauth: { refresh: () => Promise.reject(new Error('Webex was asked')) },
    connectAs: () => {
      throw new Error('Webex was asked');
    },
    clientId: 'client',
    shutdownSignal: new AbortController().signal,
    uninterrupted: trackInFlight(),
  };
}

const click = () => ({ by: ada, place, eventId: `event-${clicks++}`, cardMessageId: undefined });
const remove = () => deleteOrganization(depsAt(now), { organizationId, ...click() });
const undo = (instant = now) =>
  undoDeletion(depsAt(instant), { organizationId, by: ada, place, eventId: `event-${clicks++}` });
const purge = (days = 8) => purgeOrganization(depsAt(new Date(now.getTime() + days * dayMs)), organizationId);
const lose = () => store.db.update(connections).set({ state: 'lost' });

/** A refresh that Webex has answered, and that is not saved yet. */
async function refreshUnderWay() {
  const until = at('12:00:20');
  const claimed = await claimRefresh(store.db, { organizationId, asked: true, requestedBy: 'Hubkeeper', now, until });
  if (!claimed || !hasTokens(claimed.connection)) throw new Error('nothing was claimed');
  const { connection: held, ...rest } = claimed;
  const attempt = { ...rest, held, reason: 'asked' as const, accessToken: 'access-1', refreshToken: 'refresh-1' };
  return () =>
    keepTokens(depsAt(now), attempt, {
      accessToken: 'access-2',
      refreshToken: 'refresh-2',
      accessTokenExpiresAt: new Date(now.getTime() + 14 * dayMs),
      refreshTokenExpiresAt: new Date(now.getTime() + 90 * dayMs),
      obtainedAt: now,
      scopes: undefined,
    } as never);
}

/** A reseller below the provider. */
async function aReseller(name: string): Promise<string> {
  const parent = await readCustomer(store.db, PROVIDER_ID);
  if (!parent) throw new Error('the store has no node for the provider');
  const { id } = await insertCustomer(store.db, {
    ...{ parent, id: randomUUID(), name, kind: 'reseller', by: ada.email, now },
  });
  return id;
}

describe('a deleted organization', () => {
  it('is found by nobody, and its connection by no schedule', async () => {
    expect(await remove()).toEqual({ outcome: 'deleted' });
    expect(await findOrganization(store.db, organizationId)).toBeUndefined();
    expect(await findOrganizationInScope(store.db, { scope: everything, id: organizationId })).toBeUndefined();
    expect(await firstOrganizations(store.db, { scope: everything, limit: 10 })).toEqual([]);
    expect(await store.db.transaction((tx) => lockOrganization(tx, organizationId))).toBeUndefined();
    expect(await findConnection(store.db, organizationId)).toBeUndefined();
    const later = new Date(now.getTime() + 90 * dayMs);
    expect(await dueRefreshes(store.db, { now: later, after: undefined, limit: 10 })).toEqual([]);
    const offered = await deletedInScope(store.db, { scope: everything, part: 'acme', limit: 10 });
    expect(offered).toMatchObject([{ id: organizationId, deletion: { deletedBy: ada.email } }]);
    expect(await deletedInScope(store.db, { scope: { within: [] }, part: '', limit: 10 })).toEqual([]);
  });

  it('comes back as it was', async () => {
    const before = await findConnection(store.db, organizationId);
    await remove();
    expect(await undo()).toBe('restored');
    expect(await findConnection(store.db, organizationId)).toEqual(before);
    expect(await store.db.select().from(withdrawnConnections)).toEqual([]);
    expect(await undo()).toBe('back');
  });

  it('comes back to the settings of today', async () => {
    const before = await findConnection(store.db, organizationId);
    await remove();
    const values = { warning_days: [60], escalation_days: 20 };
    await saveOwnSettings(store.db, { ...providerLevel, values, by: ada.email, now });
    await undo();
    const after = await findConnection(store.db, organizationId);
    expect(after?.refreshTokenExpiresAt).toEqual(before?.refreshTokenExpiresAt);
    const daysBefore = (instant: Date | null | undefined) =>
      ((after?.refreshTokenExpiresAt.getTime() ?? 0) - (instant?.getTime() ?? 0)) / dayMs;
    expect([daysBefore(after?.warnAt), daysBefore(after?.escalateAt)]).toEqual([60, 20]);
  });

  it('is deleted once by two at the same time', async () => {
    const outcomes = (await Promise.all([remove(), remove(), remove()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(['deleted', 'gone', 'gone']);
    expect(await store.db.$count(withdrawnConnections)).toBe(1);
  });

  it('is purged with all its rows, and its number is free', async () => {
    await lose();
    const { id: other } = await anOrganization(store.db, { name: 'Borealis' });
    await remove();
    expect(await purge(6)).toBe('not_due');
    expect(await purge()).toBe('purged');
    expect(await undo()).toBe('too_late');
    expect((await store.db.select({ id: organizations.id }).from(organizations)).map(({ id }) => id)).toEqual([other]);
    expect(await store.db.$count(withdrawnConnections)).toBe(0);
    expect(await store.db.$count(notices, eq(notices.organizationId, organizationId))).toBe(0);
    expect(await store.db.$count(transactions, eq(transactions.organizationId, organizationId))).toBe(0);
    expect(await purge()).toBe('not_due');
  });

  it('is told of after its purge where its node may be read, and nowhere else', async () => {
    const [north, south] = [await aReseller('North'), await aReseller('South')];
    await store.db.update(organizations).set({ customerId: north }).where(eq(organizations.id, organizationId));
    await lose();
    await remove();
    expect(await purge()).toBe('purged');
    const [told] = await store.db
      .select({ payload: notices.payload })
      .from(notices)
      .where(eq(notices.kind, 'organization_purged'));
    if (!told) throw new Error('nothing was told');
    const notice = organizationPurgedNotice.of(organizationPurgedNotice.read(told.payload));
    await store.db.insert(spaces).values([
      { roomId: 'at-north', type: 'group', customerId: north, joinedAt: now },
      { roomId: 'at-south', type: 'group', customerId: south, joinedAt: now },
      { roomId: 'at-provider', type: 'group', joinedAt: now },
      { roomId: 'direct-ben', type: 'direct', joinedAt: now },
    ]);
    const ben = { email: 'ben@north.example', personId: 'person-ben', webexOrgId: 'org' };
    await store.db.insert(administrators).values({ ...ben, directRoomId: 'direct-ben', firstSeenAt: now });
    await store.db
      .insert(rights)
      .values({ ...ben, customerId: north, role: 'viewer', givenBy: ada.email, givenAt: now });
    const reading = { notice, organizationId: null, admins: [ada.email] };
    const readIn = async () => {
      const rooms = ['at-north', 'at-south', 'at-provider', 'direct-ben'];
      const found = [];
      for (const roomId of rooms) if (await mayBeReadIn(store.db, roomId, reading)) found.push(roomId);
      return found;
    };
    expect(await readIn()).toEqual(['at-north', 'at-provider', 'direct-ben']);
    await store.db.delete(rights);
    expect(await readIn()).toEqual(['at-north', 'at-provider']);
    expect(await mayBeReadBy(store.db, ben.email, reading)).toBe(false);
    // Of a node that is gone, what stood there is for the provider alone.
    await store.db.update(spaces).set({ customerId: south }).where(eq(spaces.roomId, 'at-north'));
    await store.db.delete(customers).where(eq(customers.id, north));
    expect(await readIn()).toEqual(['at-provider']);
  });

  it('is brought back or purged, never both', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round++) {
      await lose();
      await remove();
      const late = new Date(now.getTime() + 8 * dayMs);
      const both = round % 2 === 0 ? [undo(late), purge()] : [purge(), undo(late)];
      const [undone, purged] = round % 2 === 0 ? await Promise.all(both) : (await Promise.all(both)).toReversed();
      outcomes.add(`${undone} ${purged}`);
      const isThere = (await findOrganization(store.db, organizationId)) !== undefined;
      expect({ undone, purged, isThere }).toEqual(
        isThere
          ? { undone: 'restored', purged: 'not_due', isThere }
          : { undone: 'too_late', purged: 'purged', isThere },
      );
      expect((await findConnection(store.db, organizationId)) !== undefined).toBe(isThere);
      if (isThere) continue;
      organizationId = (await anOrganization(store.db)).id;
      await saveConnection(store.db, grant(), defaultSettings);
    }
  });

  it('is purged once by two at the same time', async () => {
    await lose();
    await remove();
    const outcomes = await Promise.all([purge(), purge()]);
    expect(outcomes.toSorted()).toEqual(['not_due', 'purged']);
    expect(await store.db.$count(notices, eq(notices.kind, 'organization_purged'))).toBe(1);
  });
});

describe('a refresh under way', () => {
  it('saves its tokens with the withdrawn connection, and an undo brings them back', async () => {
    const save = await refreshUnderWay();
    await remove();
    await save();
    const [withdrawn] = await withdrawnOf(store.db, organizationId);
    expect(open(withdrawn?.refreshToken ?? null, 'refresh_token')).toBe('refresh-2');
    expect(withdrawn?.refreshLeasedUntil).toBeNull();
    await undo();
    const connection = await findConnection(store.db, organizationId);
    expect(open(connection?.accessToken ?? null, 'access_token')).toBe('access-2');
  });

  it('saves its tokens although an undo came before the answer', async () => {
    const save = await refreshUnderWay();
    await remove();
    await undo();
    await save();
    const connection = await findConnection(store.db, organizationId);
    expect(open(connection?.refreshToken ?? null, 'refresh_token')).toBe('refresh-2');
  });

  it('is waited for by a purge', async () => {
    await refreshUnderWay();
    await remove();
    await store.db
      .update(withdrawnConnections)
      .set({ refreshLeasedUntil: new Date(now.getTime() + 8 * dayMs + 20_000) });
    expect(await purge()).toBe('rescheduled');
    expect(await undo()).toBe('too_late');
  });
});

describe('a Connect whose tokens are about to be stored', () => {
  /** Access tokens of grants that were revoked at Webex. */
  let revoked: string[];
  beforeEach(async () => {
    revoked = [];
    await store.db.execute(sql`delete from pgboss.job`);
  });

  /** Webex lists one grant of ours of whoever it is asked about. */
  const connectAs = (accessToken: string) => ({
    async *list(_route: string, { query: { personId } }: { query: { personId: string } }) {
      yield { id: 'the grant', clientId: 'client', type: 'refresh', personId };
    },
    delete: async () => void revoked.push(accessToken),
  });

  /** A grant of Dora's that was verified. Returns its job, which the engine runs until it ends. */
  async function verified({ proving = async () => {} }: { proving?: () => Promise<unknown> } = {}) {
    const transactionId = await createTransaction(store.db, {
      ...{ action: connectAction, organizationId, organizationName: 'Acme Robotics', requestedBy: ada.email },
      ...{ ...place, submittedAt: now, steps: [storeStep] },
    });
    const deps = {
      ...depsAt(now),
      ...{ connectAs, contactCenterUrl: undefined, workflows: createWorkflows([connectWorkflow] as never[]) },
      grantProofs: [{ scope: 'any', what: 'people', byScopeAlone: false, ask: proving }],
    };
    const authorizedBy = { personId: 'person-dora', email: 'dora@acme.example', byPartner: false };
    const { accessTokenExpiresAt, refreshTokenExpiresAt, obtainedAt } = aGrant(organizationId);
    const times = { accessTokenExpiresAt, refreshTokenExpiresAt, obtainedAt };
    const pending = { accessToken: 'access-new', refreshToken: 'refresh-new', scopes: [], ...times, authorizedBy };
    await sealPending(deps, transactionId, { kind: 'grant', ...pending });
    return async () => {
      for (let attempt = 1; attempt <= 3; attempt++) {
        try {
          await advanceTransaction(deps as never, { transactionId, attempt, lastAttempt: attempt === 3 });
        } catch (error) {
          expect(String(error)).toMatch(/deleted meanwhile/);
        }
      }
      return (await readTransaction(store.db, transactionId))?.status;
    };
  }

  /** Where each grant is: withdrawn with the organization, revoked at Webex, or about to be revoked since another one has replaced it. */
  async function grantsAfterwards() {
    const withdrawn = await withdrawnOf(store.db, organizationId);
    const jobs = await rows<{ accessToken: string }>(
      store.db,
      sql`select data->>'accessToken' as "accessToken" from pgboss.job where name = 'revoke_replaced'`,
    );
    const opened = jobs.map(({ accessToken }) =>
      sealerOf(store.db).open(accessToken, replacedGrantPlace(organizationId)),
    );
    return {
      withdrawn: withdrawn.map(({ accessToken }) => open(accessToken, 'access_token')),
      revoked,
      replaced: opened,
    };
  }

  const stored = { withdrawn: ['access-new'], revoked: [], replaced: ['access-1'] };
  const notStored = { withdrawn: ['access-1'], revoked: ['access-new'], replaced: [] };

  it('is withdrawn where it was stored before the delete', async () => {
    const job = await verified();
    expect(await job()).toBe('success');
    await remove();
    expect(await findConnection(store.db, organizationId)).toBeUndefined();
    expect(await grantsAfterwards()).toEqual(stored);
  });

  it.each([
    ['before its step', 'before'],
    ['while its step runs', 'within'],
  ])('is revoked at Webex where the organization is deleted %s', async (_when, when) => {
    const job = await verified({ proving: async () => when === 'within' && (await remove()) });
    if (when === 'before') await remove();
    expect(await job()).toBe('fail');
    expect(await findConnection(store.db, organizationId)).toBeUndefined();
    expect(await grantsAfterwards()).toEqual(notStored);
    expect(await undo()).toBe('restored');
    expect((await findConnection(store.db, organizationId))?.authorizedEmail).toBe('carol@acme.example');
  });

  it('is stored or revoked, never both or neither, where the delete comes at the same time', async () => {
    for (let round = 0; round < 12; round++) {
      const job = await verified();
      const both = round % 2 === 0 ? [job(), remove()] : [remove(), job()];
      const ended = await Promise.all(both);
      expect(ended).toContainEqual({ outcome: 'deleted' });
      expect(await findConnection(store.db, organizationId)).toBeUndefined();
      expect(await grantsAfterwards()).toEqual(ended.includes('success') ? stored : notStored);
      revoked = [];
      await store.db.execute(sql`delete from pgboss.job`);
      organizationId = (await anOrganization(store.db)).id;
      await saveConnection(store.db, grant(), defaultSettings);
    }
  });
});

describe('a disconnect', () => {
  it('withdraws the connection once, and leaves the record', async () => {
    const end = (eventId: string) =>
      disconnect(depsAt(now), { organizationId, by: ada, place, eventId, cardMessageId: undefined });
    expect((await Promise.all([end('one'), end('two')])).toSorted()).toEqual(['disconnected', 'not_connected']);
    expect(await findOrganization(store.db, organizationId)).toBeDefined();
    // Deleted and brought back, it stays disconnected.
    await remove();
    await undo();
    expect(await findConnection(store.db, organizationId)).toBeUndefined();
    expect((await withdrawnOf(store.db, organizationId)).map(({ why }) => why)).toEqual(['disconnected']);
  });
});
