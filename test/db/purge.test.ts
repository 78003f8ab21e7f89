// What is over and old is deleted, in batches; what is open or young stays.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteDirectRoom, pinAdministrator } from '../../src/chat/administrator.store.ts';
import { inboxEvents, people } from '../../src/chat/chat.schema.ts';
import { finishEvent, saveEvent } from '../../src/chat/inbox.store.ts';
import { rememberPerson } from '../../src/chat/person.store.ts';
import {
  addConnectLinks,
  findConnectLinkByToken,
  redeemConnectLink,
} from '../../src/connections/connect/link.store.ts';
import { refreshes } from '../../src/connections/connections.schema.ts';
import { addRefresh } from '../../src/connections/refresh/journal.store.ts';
import { createLog } from '../../src/log.ts';
import { addNotice, findNotice, markDelivered, markUndeliverable } from '../../src/notices/notice.store.ts';
import { purgeExpired } from '../../src/operations/maintenance.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { createTransaction, endTransaction, readTransaction } from '../../src/transactions/transaction.store.ts';
import { addLogLine } from '../../src/transactions/transaction-log.store.ts';
import { transactionLog, transactionSteps } from '../../src/transactions/transactions.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { retention, workflows } from '../helpers/registry.ts';
import { anOrganization, aRefresh, now } from './rows.ts';

const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000);

let store: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  store = await openTestDatabase();
  organizationId = (await anOrganization(store.db)).id;
});
afterAll(() => store.close());

const purge = () =>
  purgeExpired(
    {
      db: store.db,
      clock: { now: () => now, sleep: () => Promise.resolve() },
      log: createLog({ level: 'silent' }),
    },
    retention,
  );

async function aTransaction(submittedAt: Date, endedAt: Date | null): Promise<number> {
  const id = await createTransaction(store.db, {
    action: 'connect',
    organizationId,
    organizationName: 'Acme Robotics',
    requestedBy: 'ada@meridian.example',
    roomId: 'room',
    parentMessageId: null,
    submittedAt,
    steps: ['exchange_code', 'store_tokens'],
  });
  await addLogLine(store.db, { transactionId: id, now: submittedAt, message: 'Something happened.' });
  if (endedAt) await endTransaction(store.db, { words: workflows, transactionId: id, status: 'success', now: endedAt });
  return id;
}

async function aNotice(createdAt: Date): Promise<string> {
  const id = randomUUID();
  const rest = { kind: 'greeting', organizationId: null, parentMessageId: null, replacesMessageId: null };
  await addNotice(store.db, { ...rest, id, key: id, roomId: 'room', payload: { kind: 'greeting' }, createdAt });
  return id;
}

async function aLink(expiresAt: Date): Promise<{ id: string; tokenHash: string }> {
  const link = { id: randomUUID(), tokenHash: randomUUID() };
  await addConnectLinks(store.db, [
    {
      ...link,
      organizationId,
      stateHash: randomUUID(),
      codeVerifier: 'v1.k.sealed-verifier',
      scopes: [],
      askedBy: 'ada@meridian.example',
      roomId: 'room',
      parentMessageId: null,
      createdAt: daysAgo(60),
      expiresAt,
    },
  ]);
  return link;
}

async function anEvent(receivedAt: Date): Promise<string> {
  const id = `messages/created/${randomUUID()}`;
  const about = { id, resource: 'messages', event: 'created', resourceId: id, actorId: null, personId: null };
  await saveEvent(store.db, { ...about, roomId: null, receivedAt, leasedUntil: receivedAt });
  return id;
}

describe('what is old', () => {
  it('of the transactions is deleted 400 days after the end, with steps and log; open ones never', async () => {
    const old = await aTransaction(daysAgo(402), daysAgo(401));
    const open = await aTransaction(daysAgo(800), null);
    const slow = await aTransaction(daysAgo(500), daysAgo(399));
    await purge();
    expect(await readTransaction(store.db, old)).toBeUndefined();
    const left = (rows: { transactionId: number }[]) => new Set(rows.map(({ transactionId }) => transactionId));
    for (const table of [transactionSteps, transactionLog] as const) {
      expect(left(await store.db.select().from(table))).toEqual(new Set([open, slow]));
    }
  });

  it('is deleted in as many batches as it takes', async () => {
    const old = await aTransaction(daysAgo(402), daysAgo(401));
    await store.db.insert(inboxEvents).values(
      Array.from({ length: 1201 }, (_, n) => ({
        id: `messages/created/${n}`,
        resource: 'messages',
        event: 'created',
        resourceId: String(n),
        receivedAt: daysAgo(8),
        leasedUntil: daysAgo(8),
        handledAt: daysAgo(8),
        outcome: 'answered' as const,
      })),
    );
    await purge();
    expect(await store.db.select().from(inboxEvents)).toEqual([]);
    expect(await readTransaction(store.db, old)).toBeUndefined();
  });

  it('of the events is deleted after 7 days, where it was handled', async () => {
    const [old, unhandled, young] = [await anEvent(daysAgo(8)), await anEvent(daysAgo(8)), await anEvent(daysAgo(6))];
    for (const id of [old, young]) await finishEvent(store.db, { id, outcome: 'answered', now });
    await purge();
    const left = (await store.db.select().from(inboxEvents)).map(({ id }) => id);
    expect(left.toSorted()).toEqual([unhandled, young].toSorted());
  });

  it('O4: of the people is deleted 30 days after Webex was last asked about them', async () => {
    const seen = { email: 'eve@elsewhere.example', webexOrgId: 'o', type: 'person', displayName: null };
    await rememberPerson(store.db, { ...seen, personId: 'old', seenAt: daysAgo(31) });
    await rememberPerson(store.db, { ...seen, personId: 'young', seenAt: daysAgo(29) });
    await purge();
    expect((await store.db.select().from(people)).map(({ personId }) => personId)).toEqual(['young']);
  });

  it('O4: of the spaces is deleted after 30 days, where the bot left it or a stranger had it, and nothing needs it', async () => {
    const aSpace = (roomId: string, more: Partial<typeof spaces.$inferInsert>) =>
      store.db.insert(spaces).values({ roomId, type: 'group', joinedAt: daysAgo(60), ...more });
    await aSpace('left', { leftAt: daysAgo(31) });
    await aSpace('left lately', { leftAt: daysAgo(29) });
    await aSpace('left with organizations', { leftAt: daysAgo(31) });
    await anOrganization(store.db, { roomId: 'left with organizations' });
    await aSpace('group', {});
    await aSpace('stranger', { type: 'direct' });
    await aSpace('new stranger', { type: 'direct', joinedAt: daysAgo(1) });
    await aSpace('administrator', { type: 'direct' });
    await pinAdministrator(store.db, { email: 'ada@a.example', personId: 'p', webexOrgId: 'o', firstSeenAt: now });
    await noteDirectRoom(store.db, { email: 'ada@a.example', directRoomId: 'administrator' });
    await aSpace('with settings', { type: 'direct' });
    const own = { level: 'space' as const, values: {}, updatedBy: 'ada@a.example', updatedAt: now };
    await store.db.insert(settings).values({ ...own, subject: 'with settings' });
    await purge();
    const left = (await store.db.select().from(spaces)).map(({ roomId }) => roomId);
    const kept = ['administrator', 'group', 'left lately', 'left with organizations', 'new stranger', 'with settings'];
    expect(left.toSorted()).toEqual(kept);
  });

  it('of the journal of refreshes is deleted after 400 days', async () => {
    for (const days of [401, 399]) {
      await addRefresh(store.db, { ...aRefresh(organizationId), at: daysAgo(days) });
    }
    await purge();
    expect(await store.db.select().from(refreshes)).toMatchObject([{ at: daysAgo(399) }]);
  });

  it('of the notices is deleted after 400 days, where it waits no longer', async () => {
    const [delivered, given, waiting] = [
      await aNotice(daysAgo(401)),
      await aNotice(daysAgo(401)),
      await aNotice(daysAgo(401)),
    ];
    const young = await aNotice(daysAgo(399));
    for (const id of [delivered, young]) await markDelivered(store.db, { id, messageId: 'm', now });
    await markUndeliverable(store.db, { id: given, reason: 'http_404' });
    await purge();
    for (const id of [delivered, given]) expect(await findNotice(store.db, id)).toBeUndefined();
    for (const id of [waiting, young]) expect(await findNotice(store.db, id)).toBeDefined();
  });

  it('of the connect links is deleted 30 days after their end, used or not', async () => {
    const [expired, used, young] = [await aLink(daysAgo(31)), await aLink(daysAgo(31)), await aLink(daysAgo(29))];
    await redeemConnectLink(store.db, { ...used, organizationId, now: daysAgo(32) });
    await purge();
    for (const { tokenHash } of [expired, used]) {
      expect(await findConnectLinkByToken(store.db, tokenHash)).toBeUndefined();
    }
    expect(await findConnectLinkByToken(store.db, young.tokenHash)).toBeDefined();
  });
});
