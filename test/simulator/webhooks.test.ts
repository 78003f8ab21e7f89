// Webhooks: what may be registered, what is sent to whom and how it is signed, and when Webex gives up on a receiver.

import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { patiently } from '../helpers/patience.ts';
import { call, card, control, personNamed, roomOf, startReceiver, startSimulator } from './local-webex.ts';

async function watching(webhook: object = {}) {
  const simulator = await startSimulator();
  const receiver = await startReceiver();
  const { status, body } = await call(simulator, simulator.bot.token, 'POST', '/webhooks', {
    name: 'Everything',
    targetUrl: receiver.url,
    resource: 'messages',
    event: 'created',
    secret: 'a webhook secret',
    ...webhook,
  });
  expect(status).toBe(200);
  const roomId = roomOf(simulator, 'group').id;
  const bot = simulator.bot;
  const ada = personNamed(simulator, 'ada');
  const say = (token: string, message: object) => call(simulator, token, 'POST', '/messages', { roomId, ...message });
  return { simulator, receiver, webhook: body, roomId, bot, ada, say, mention: `<@personId:${bot.personId}> ` };
}

/** Waits for `count` deliveries, then for one more round trip, so that a delivery too many would have arrived. */
async function deliveries(receiver: Awaited<ReturnType<typeof startReceiver>>, count: number) {
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count), patiently);
  await fetch(receiver.url, { method: 'POST', body: '{"resource":"end"}' });
  const events = receiver.received.filter(({ event }) => event['resource'] !== 'end');
  expect(events).toHaveLength(count);
  return events;
}

describe('registration', () => {
  it.each([
    ['no name', { name: '' }, 'name'],
    ['a target that is no URL', { targetUrl: 'nowhere' }, 'targetUrl'],
    ['a target that is not HTTP', { targetUrl: 'ftp://x.example' }, 'targetUrl'],
    ['an unknown resource', { resource: 'toString' }, 'resource'],
    ['an event that the resource does not have', { resource: 'attachmentActions', event: 'deleted' }, 'event'],
    ['a filter that the resource does not have', { filter: 'colour=red' }, 'filter'],
  ])('refuses %s and names the field', async (_what, change, field) => {
    const simulator = await startSimulator();
    const webhook = { name: 'x', targetUrl: 'http://localhost/x', resource: 'messages', event: 'created', ...change };
    const { status, body } = await call(simulator, simulator.bot.token, 'POST', '/webhooks', webhook);
    expect(status).toBe(400);
    expect(body.message).toMatch(new RegExp(`^${field}: `));
  });

  it('shows, lists, changes and deletes the own ones, and nobody else does', async () => {
    const { simulator, webhook, bot, ada, receiver } = await watching();
    const path = `/webhooks/${webhook.id}`;
    expect(webhook).toEqual({
      id: expect.any(String),
      name: 'Everything',
      targetUrl: receiver.url,
      resource: 'messages',
      event: 'created',
      secret: 'a webhook secret',
      status: 'active',
      created: expect.any(String),
      ownedBy: 'creator',
    });
    expect((await call(simulator, bot.token, 'GET', '/webhooks')).body.items).toEqual([webhook]);
    expect((await call(simulator, ada.token, 'GET', '/webhooks')).body.items).toEqual([]);
    expect((await call(simulator, ada.token, 'GET', path)).status).toBe(404);
    const change = { name: 'Renamed', targetUrl: 'http://localhost/other' };
    expect((await call(simulator, bot.token, 'PUT', path, change)).body).toEqual({ ...webhook, ...change });
    expect((await call(simulator, bot.token, 'DELETE', path)).status).toBe(204);
    expect((await call(simulator, bot.token, 'GET', path)).status).toBe(404);
  });

  it.each([
    ['its resource', { resource: 'rooms' }],
    ['its event', { event: 'all' }],
    ['its filter', { filter: 'roomType=group' }],
    ['its status to inactive', { status: 'inactive' }],
  ])('does not change %s', async (_what, change) => {
    const { simulator, webhook, bot, receiver } = await watching();
    const update = { name: 'x', targetUrl: receiver.url, ...change };
    expect((await call(simulator, bot.token, 'PUT', `/webhooks/${webhook.id}`, update)).status).toBe(400);
  });
});

describe('delivery', () => {
  it('sends the envelope without any text, signed over the raw body', async () => {
    const { simulator, receiver, webhook, ada, say, mention, roomId } = await watching();
    const { body: message } = await say(ada.token, { markdown: `${mention}a secret word` });
    const [delivery] = await deliveries(receiver, 1);
    expect(delivery?.event).toEqual({
      id: webhook.id,
      name: 'Everything',
      targetUrl: receiver.url,
      resource: 'messages',
      event: 'created',
      orgId: expect.any(String),
      createdBy: simulator.bot.personId,
      appId: expect.any(String),
      ownedBy: 'creator',
      status: 'active',
      created: webhook['created'],
      actorId: ada.personId,
      data: {
        id: message.id,
        roomId,
        roomType: 'group',
        personId: ada.personId,
        personEmail: ada.email,
        mentionedPeople: [simulator.bot.personId],
        created: message['created'],
      },
    });
    const raw = delivery?.raw ?? '';
    expect(raw).not.toContain('a secret word');
    const signature = createHmac('sha1', 'a webhook secret').update(raw).digest('hex');
    expect(delivery?.headers['x-spark-signature']).toBe(signature);
    expect(delivery?.headers).not.toHaveProperty('x-webex-signature');
  });

  it('adds a SHA-256 signature where the switch says so', async () => {
    const { simulator, receiver, ada, say, mention } = await watching();
    await control(simulator, 'PUT', '/switches', { sha256Signature: 'sent' });
    await say(ada.token, { markdown: mention });
    const [delivery] = await deliveries(receiver, 1);
    const signature = createHmac('sha256', 'a webhook secret')
      .update(delivery?.raw ?? '')
      .digest('hex');
    expect(delivery?.headers['x-webex-signature']).toBe(signature);
  });

  it('tells a bot in a group of mentions and of its own messages, and of nothing else', async () => {
    const { receiver, ada, bot, say, mention } = await watching();
    await say(ada.token, { text: 'not for you' });
    const heard = await say(ada.token, { markdown: `${mention}help` });
    const own = await say(bot.token, { text: 'Here is what I can do' });
    const events = await deliveries(receiver, 2);
    expect(events.map(({ event }) => event.data.id).sort()).toEqual([heard.body.id, own.body.id].sort());
  });

  it('tells the firehose of messages, edits, deletions, rooms and memberships, but not of card inputs', async () => {
    const { simulator, receiver, roomId, ada, bot, say } = await watching({ resource: 'all', event: 'all' });
    const sent = await say(bot.token, { text: 'Add', attachments: [card()] });
    await call(simulator, bot.token, 'PUT', `/messages/${sent.body.id}`, { roomId, text: 'Added' });
    const action = { type: 'submit', messageId: sent.body.id, inputs: {} };
    await call(simulator, ada.token, 'POST', '/attachment/actions', action);
    await call(simulator, bot.token, 'DELETE', `/messages/${sent.body.id}`);
    const member = { roomId, personEmail: 'carol@acme.example' };
    const added = await call(simulator, ada.token, 'POST', '/memberships', member);
    await call(simulator, ada.token, 'DELETE', `/memberships/${added.body.id}`);
    const events = await deliveries(receiver, 5);
    expect(events.map(({ event }) => `${event['resource']} ${event['event']}`).sort()).toEqual([
      'memberships created',
      'memberships deleted',
      'messages created',
      'messages deleted',
      'messages updated',
    ]);
  });

  it('tells the sender of a card that it was used, without what was typed', async () => {
    const { simulator, receiver, ada, bot, say } = await watching({ resource: 'attachmentActions' });
    const sent = await say(bot.token, { text: 'Add', attachments: [card()] });
    const inputs = { name: 'Acme' };
    const action = { type: 'submit', messageId: sent.body.id, inputs };
    const { body } = await call(simulator, ada.token, 'POST', '/attachment/actions', action);
    const [delivery] = await deliveries(receiver, 1);
    const { inputs: _inputs, ...expected } = body;
    expect(delivery?.event).toMatchObject({ resource: 'attachmentActions', event: 'created', actorId: ada.personId });
    expect(delivery?.event.data).toEqual(expected);
  });

  it.each([
    ['roomType=direct', 1],
    ['roomType=group', 0],
    ['personEmail=ada@meridian.example', 1],
    ['mentionedPeople=me', 0],
    ['hasFiles=false&roomType=direct', 1],
  ])('obeys the filter %s', async (filter, count) => {
    const { simulator, receiver, ada } = await watching({ filter });
    const roomId = roomOf(simulator, 'direct').id;
    await call(simulator, ada.token, 'POST', '/messages', { roomId, text: 'help' });
    await deliveries(receiver, count);
  });
});

describe('a receiver that keeps failing', () => {
  it('is given up after 100 failures in five minutes, and again at the next one after it was re-activated', async () => {
    const { simulator, receiver, webhook, bot, say } = await watching();
    const path = `/webhooks/${webhook.id}`;
    const status = async () => (await call(simulator, bot.token, 'GET', path)).body['status'];
    const untilInactive = () => vi.waitFor(async () => expect(await status()).toBe('inactive'), patiently);
    receiver.status = 500;
    for (let count = 0; count < 99; count++) await say(bot.token, { text: `message ${count}` });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(99), patiently);
    expect(await status()).toBe('active');
    await say(bot.token, { text: 'the hundredth' });
    await untilInactive();

    await say(bot.token, { text: 'nobody hears this' });
    const activate = { name: 'x', targetUrl: receiver.url, status: 'active' };
    await call(simulator, bot.token, 'PUT', path, activate);
    await say(bot.token, { text: 'one more failure' });
    await untilInactive();
    expect(receiver.received).toHaveLength(101);

    await control(simulator, 'POST', '/clock', { advanceMs: 5 * 60_000 });
    await call(simulator, bot.token, 'PUT', path, activate);
    await say(bot.token, { text: 'a failure after the window' });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(102), patiently);
    expect(await status()).toBe('active');
  });
});

it('nobody watches a room from outside, whether it is there or not', async () => {
  const simulator = await startSimulator();
  const { url: targetUrl } = await startReceiver();
  const watch = (token: string, roomId: string) =>
    call(simulator, token, 'POST', '/webhooks', {
      name: 'One room',
      targetUrl,
      resource: 'messages',
      event: 'created',
      filter: `roomId=${roomId}`,
    });
  const direct = roomOf(simulator, 'direct').id;
  expect((await watch(simulator.bot.token, direct)).status).toBe(200);
  expect((await watch(personNamed(simulator, 'ben').token, direct)).status).toBe(404);
  expect((await watch(simulator.bot.token, 'nowhere')).status).toBe(404);
});
