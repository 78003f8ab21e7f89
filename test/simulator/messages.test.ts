// Messages: what is refused and why, mentions and what a bot sees, threads, edits, files and cards.

import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { call, card, control, personNamed, roomOf, startSimulator } from './local-webex.ts';

/** A simulator with Ada and the bot in the group room. */
async function inGroup() {
  const simulator = await startSimulator();
  const roomId = roomOf(simulator, 'group').id;
  const say = (token: string, message: object) => call(simulator, token, 'POST', '/messages', { roomId, ...message });
  const mention = (simulator: Simulator) => `<@personId:${simulator.bot.personId}|Hubkeeper>`;
  return {
    simulator,
    roomId,
    say,
    ada: personNamed(simulator, 'ada'),
    bot: simulator.bot,
    mention: mention(simulator),
  };
}

describe('posting', () => {
  const big = 'a'.repeat(7440);
  it.each<[string, object, string]>([
    ['nothing to say', {}, 'text'],
    ['text of 7,440 bytes', { text: big }, 'text'],
    ['markdown of 7,440 bytes', { markdown: big }, 'markdown'],
    ['text whose characters have several bytes each', { text: 'ü'.repeat(3720) }, 'text'],
    ['two cards', { text: 'x', attachments: [card(), card()] }, 'attachments'],
    ['a card without text beside it', { attachments: [card()] }, 'text'],
    ['two files', { files: ['http://localhost/a.png', 'http://localhost/b.png'] }, 'files'],
    ['a file that is no URL', { files: ['a.png'] }, 'files.0'],
    [
      'another kind of attachment',
      { text: 'x', attachments: [{ contentType: 'text/html', content: {} }] },
      'attachments.0',
    ],
    ['two targets', { text: 'x', toPersonEmail: 'ben@meridian.example' }, 'roomId'],
    ['a parent that does not exist', { text: 'x', parentId: 'unknown' }, 'parentId'],
  ])('refuses %s and names the field', async (_what, message, field) => {
    const { say, bot } = await inGroup();
    const { status, body } = await say(bot.token, message);
    expect(status).toBe(400);
    expect(body.message).toContain(`${field}`);
  });

  it.each<[string, object, RegExp]>([
    ['an element of a later version', { body: [{ type: 'Table' }] }, /Table/],
    ['an action that Webex does not have', { actions: [{ type: 'Action.Execute', title: 'x' }] }, /Action\.Execute/],
    ['an input without an id', { body: [{ type: 'Input.Text' }] }, /unique Id/],
    ['an inlined image', { body: [{ type: 'Image', url: 'data:image/png;base64,AA==' }] }, /public URL/],
    ['a card of 23 KB', { body: [{ type: 'TextBlock', text: 'x'.repeat(23_000) }] }, /22000 bytes/],
    ['no version', { version: undefined }, /version/],
  ])('refuses a card with %s', async (_what, content, problem) => {
    const { say, bot } = await inGroup();
    const { status, body } = await say(bot.token, { text: 'x', attachments: [card(content)] });
    expect(status).toBe(400);
    expect(JSON.stringify(body['errors'])).toMatch(problem);
  });

  it('takes the largest text, and a card with text beside it', async () => {
    const { say, bot } = await inGroup();
    expect((await say(bot.token, { text: 'a'.repeat(7439) })).status).toBe(200);
    const { status, body } = await say(bot.token, { markdown: '**Add**', attachments: [card()] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ text: 'Add', html: '<p><strong>Add</strong></p>', attachments: [card()] });
  });

  it('refuses a body that is no JSON, and one without a media type', async () => {
    const { simulator, bot } = await inGroup();
    const send = (contentType: string) =>
      fetch(`${simulator.apiUrl}/messages`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${bot.token}`, 'Content-Type': contentType },
        body: '{',
      });
    expect((await send('application/json')).status).toBe(400);
    expect((await send('text/plain')).status).toBe(415);
  });

  it('makes a direct room for a first direct message and finds it again', async () => {
    const { simulator, bot } = await inGroup();
    const toBen = { toPersonEmail: 'Ben@meridian.example', text: 'Three days are left' };
    const first = await call(simulator, bot.token, 'POST', '/messages', toBen);
    const second = await call(simulator, bot.token, 'POST', '/messages', toBen);
    expect(first.body).toMatchObject({ roomType: 'direct', toPersonEmail: 'Ben@meridian.example' });
    expect(second.body['roomId']).toBe(first.body['roomId']);
  });

  it('hides rooms that the caller is no member of', async () => {
    const { simulator, ada } = await inGroup();
    const room = await call(simulator, ada.token, 'POST', '/rooms', { title: 'Without the bot' });
    const message = { roomId: room.body.id, text: 'x' };
    expect((await call(simulator, simulator.bot.token, 'POST', '/messages', message)).status).toBe(404);
  });
});

describe('mentions', () => {
  it('gives the bot its name and the command as text, and says who was mentioned', async () => {
    const { simulator, say, ada, bot, mention } = await inGroup();
    const { body } = await say(ada.token, { markdown: `${mention} add` });
    const read = await call(simulator, bot.token, 'GET', `/messages/${body.id}`);
    expect(read.body).toMatchObject({ text: 'Hubkeeper add', mentionedPeople: [bot.personId] });
    expect(read.body['html']).toContain(`<spark-mention data-object-type="person" data-object-id="${bot.personId}">`);
  });

  it('knows people by their e-mail, and mentions nobody who is not in the room', async () => {
    const { say, bot, ada } = await inGroup();
    const { body } = await say(bot.token, {
      markdown: '<@personEmail:ada@meridian.example|Ada> and <@personEmail:carol@acme.example|Carol>',
    });
    expect(body).toMatchObject({ text: 'Ada and Carol', mentionedPeople: [ada.personId] });
  });

  it('keeps from a bot in a group what does not mention it', async () => {
    const { simulator, roomId, say, ada, bot, mention } = await inGroup();
    const unheard = await say(ada.token, { text: 'Lunch?' });
    const heard = await say(ada.token, { markdown: `${mention} help` });
    expect((await call(simulator, bot.token, 'GET', `/messages/${unheard.body.id}`)).status).toBe(403);
    expect((await call(simulator, bot.token, 'GET', `/messages?roomId=${roomId}`)).status).toBe(403);
    const listed = await call(simulator, bot.token, 'GET', `/messages?roomId=${roomId}&mentionedPeople=me`);
    expect(listed.body.items.map(({ id }) => id)).toEqual([heard.body.id]);
  });

  it('lets a bot read everything in a direct room', async () => {
    const { simulator, ada, bot } = await inGroup();
    const roomId = roomOf(simulator, 'direct').id;
    const said = await call(simulator, ada.token, 'POST', '/messages', { roomId, text: 'help' });
    const listed = await call(simulator, bot.token, 'GET', `/messages?roomId=${roomId}`);
    expect(listed.body.items.map(({ id }) => id)).toEqual([said.body.id]);
  });
});

describe('threads and lists', () => {
  it('answers to the first message of a thread only', async () => {
    const { say, bot } = await inGroup();
    const root = await say(bot.token, { text: 'root' });
    const reply = await say(bot.token, { text: 'reply', parentId: root.body.id });
    const nested = await say(bot.token, { text: 'nested', parentId: reply.body.id });
    expect(reply.body).toMatchObject({ parentId: root.body.id });
    expect(nested.status).toBe(400);
  });

  it('lists the newest first, in pages', async () => {
    const { simulator, roomId, say, ada } = await inGroup();
    for (const text of ['one', 'two', 'three']) await say(ada.token, { text });
    const first = await call(simulator, ada.token, 'GET', `/messages?roomId=${roomId}&max=2`);
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call(simulator, ada.token, 'GET', next.replace(simulator.apiUrl, ''));
    expect(first.body.items.map(({ text }) => text)).toEqual(['three', 'two']);
    expect(second.body.items.map(({ text }) => text)).toEqual(['one']);
    expect(second.headers.get('link')).toBeNull();
  });
});

describe('editing and deleting', () => {
  it('edits ten times and then refuses', async () => {
    const { simulator, roomId, say, bot } = await inGroup();
    const { body } = await say(bot.token, { text: 'step 0' });
    const statuses: number[] = [];
    for (let edit = 1; edit <= 11; edit++) {
      const changed = { roomId, markdown: `step **${edit}**` };
      statuses.push((await call(simulator, bot.token, 'PUT', `/messages/${body.id}`, changed)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(200), 400]);
    const { body: last } = await call(simulator, bot.token, 'GET', `/messages/${body.id}`);
    expect(last).toMatchObject({ text: 'step 10', updated: expect.any(String) });
  });

  it.each<[string, (roomId: string) => object, number]>([
    ['without a room', () => ({ text: 'x' }), 400],
    ['with another room', () => ({ roomId: 'other', text: 'x' }), 400],
    ['with nothing to say', (roomId) => ({ roomId }), 400],
    ['with too much to say', (roomId) => ({ roomId, text: 'a'.repeat(7440) }), 400],
  ])('refuses an edit %s', async (_what, edit, expected) => {
    const { simulator, roomId, say, bot } = await inGroup();
    const { body } = await say(bot.token, { text: 'x' });
    expect((await call(simulator, bot.token, 'PUT', `/messages/${body.id}`, edit(roomId))).status).toBe(expected);
  });

  it('lets nobody edit or delete what somebody else said', async () => {
    const { simulator, roomId, say, ada, bot } = await inGroup();
    const { body } = await say(bot.token, { text: 'x' });
    const edit = await call(simulator, ada.token, 'PUT', `/messages/${body.id}`, { roomId, text: 'y' });
    const removal = await call(simulator, ada.token, 'DELETE', `/messages/${body.id}`);
    expect([edit.status, removal.status]).toEqual([403, 403]);
  });

  it.each([
    ['editable', 200],
    ['not_editable', 400],
  ])('answers an edit of a card message as the switch says: %s', async (cardMessages, expected) => {
    const { simulator, roomId, say, bot } = await inGroup();
    await control(simulator, 'PUT', '/switches', { cardMessages });
    const { body } = await say(bot.token, { text: 'x', attachments: [card()] });
    const edit = await call(simulator, bot.token, 'PUT', `/messages/${body.id}`, { roomId, text: 'y' });
    expect(edit.status).toBe(expected);
  });

  it('replaces the card by the one that comes with an edit, and keeps it where none comes', async () => {
    const { simulator, roomId, say, bot } = await inGroup();
    const { body } = await say(bot.token, { text: 'x', attachments: [card()] });
    const edit = (more: object) =>
      call(simulator, bot.token, 'PUT', `/messages/${body.id}`, { roomId, text: 'y', ...more });
    const kept = await edit({});
    expect(kept.body['attachments']).toEqual([card()]);
    const { contentType, content } = card();
    const other = { contentType, content: { ...content, body: [{ type: 'TextBlock', text: 'Another one' }] } };
    const replaced = await edit({ attachments: [other] });
    expect(replaced.body['attachments']).toEqual([other]);
    const wrong = await edit({ attachments: [{ ...other, content: { type: 'AdaptiveCard' } }] });
    expect(wrong.status).toBe(400);
  });

  it('forgets a deleted message', async () => {
    const { simulator, say, bot } = await inGroup();
    const { body } = await say(bot.token, { text: 'x' });
    expect((await call(simulator, bot.token, 'DELETE', `/messages/${body.id}`)).status).toBe(204);
    expect((await call(simulator, bot.token, 'GET', `/messages/${body.id}`)).status).toBe(404);
  });
});

describe('files', () => {
  it('takes one as multipart, gives it back to members, and refuses to edit its message', async () => {
    const { simulator, roomId, bot, ada } = await inGroup();
    const form = new FormData();
    form.set('roomId', roomId);
    form.set('markdown', '**Forecast**');
    form.set('files', new Blob([new Uint8Array([137, 80, 78, 71])], { type: 'image/png' }), 'forecast.png');
    const posted = await call(simulator, bot.token, 'POST', '/messages', form);
    expect(posted.body).toMatchObject({ text: 'Forecast', files: [expect.stringContaining('/v1/contents/')] });

    const [url] = posted.body['files'] as [string];
    const file = await fetch(url, { headers: { Authorization: `Bearer ${ada.token}` } });
    expect(file.headers.get('content-disposition')).toContain('forecast.png');
    expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([137, 80, 78, 71]);
    expect((await fetch(url)).status).toBe(401);
    const edit = await call(simulator, bot.token, 'PUT', `/messages/${posted.body.id}`, { roomId, text: 'y' });
    expect(edit.status).toBe(400);
  });

  it('refuses two files and unreadable bodies', async () => {
    const { simulator, roomId, bot } = await inGroup();
    const form = new FormData();
    form.set('roomId', roomId);
    form.append('files', new Blob(['a']), 'a.txt');
    form.append('files', new Blob(['b']), 'b.txt');
    expect((await call(simulator, bot.token, 'POST', '/messages', form)).status).toBe(400);
    const broken = await fetch(`${simulator.apiUrl}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${bot.token}`, 'Content-Type': 'multipart/form-data; boundary=x' },
      body: 'broken',
    });
    expect(broken.status).toBe(400);
  });

  it('fetches a file that is given by its URL, and says so when it cannot', async () => {
    const { say, bot } = await inGroup();
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/plan.txt' ? 200 : 404, { 'Content-Type': 'text/plain' }).end('plan');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    expect((await say(bot.token, { files: [`${base}/plan.txt`] })).status).toBe(200);
    const missing = await say(bot.token, { files: [`${base}/none.txt`] });
    expect([missing.status, missing.body.message]).toEqual([400, 'files.0: could not be fetched: answered 404']);
  });
});

describe('card inputs', () => {
  it('reach the bot that sent the card, even after it deleted the card, and nobody else', async () => {
    const { simulator, say, ada, bot } = await inGroup();
    const ben = personNamed(simulator, 'ben');
    const sent = await say(bot.token, { text: 'Add', attachments: [card()] });
    const inputs = { form: 'add', name: 'Acme' };
    const action = { type: 'submit', messageId: sent.body.id, inputs };
    const pressed = await call(simulator, ada.token, 'POST', '/attachment/actions', action);
    await control(simulator, 'PUT', '/switches', { attachmentActions: 200 });
    const again = await call(simulator, ada.token, 'POST', '/attachment/actions', action);
    expect([pressed.status, again.status]).toEqual([202, 200]);
    await call(simulator, bot.token, 'DELETE', `/messages/${sent.body.id}`);
    const read = await call(simulator, bot.token, 'GET', `/attachment/actions/${pressed.body.id}`);
    expect(read.body).toEqual({
      id: pressed.body.id,
      type: 'submit',
      messageId: sent.body.id,
      roomId: sent.body['roomId'],
      personId: ada.personId,
      inputs,
      created: expect.any(String),
    });
    expect((await call(simulator, ben.token, 'GET', `/attachment/actions/${pressed.body.id}`)).status).toBe(404);
  });

  it.each([
    ['a message without a card', false, 'ada', 400],
    ['a card in a room of others', true, 'carol', 404],
  ])('are refused for %s', async (_what, withCard, who, expected) => {
    const { simulator, say, bot } = await inGroup();
    const sent = await say(bot.token, { text: 'x', ...(withCard ? { attachments: [card()] } : {}) });
    const action = { type: 'submit', messageId: sent.body.id, inputs: {} };
    const { status } = await call(simulator, personNamed(simulator, who).token, 'POST', '/attachment/actions', action);
    expect(status).toBe(expected);
  });
});
