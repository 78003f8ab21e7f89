import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readClickInputs } from '../../src/chat/click-inputs.ts';
import { createWebexClient } from '../../src/webex/client.ts';
import { JsonText } from '../../src/webex/json-text.ts';
import {
  deleteMessage,
  editMessage,
  messageLimitBytes,
  postMessage,
  readAttachmentAction,
  readMessage,
} from '../../src/webex/messages.ts';
import { createFakeClock } from './fake-clock.ts';
import { startServer } from './local-server.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const setUp = (baseUrl = 'https://webexapis.test/v1') =>
  createWebexClient({ baseUrl, accessToken: 'x', clock: createFakeClock(), strict: true });
const message = {
  id: 'm1',
  roomId: 'r1',
  roomType: 'group',
  parentId: 'm0',
  text: 'Hubkeeper list',
  html: '<spark-mention>Hubkeeper</spark-mention> list',
  personId: 'p1',
  personEmail: 'ada@provider.example',
  mentionedPeople: ['bot'],
  created: '2026-03-01T12:00:00.123Z',
};

describe('messages', () => {
  it('are read with their time as an instant', async () => {
    webex().intercept({ path: '/v1/messages/m1' }).reply(200, message);
    await expect(readMessage(setUp(), 'm1')).resolves.toEqual({
      ...message,
      created: new Date('2026-03-01T12:00:00.123Z'),
    });
  });

  const card = { type: 'AdaptiveCard', version: '1.3', body: [] };
  it.each([
    ['a card', card],
    ['a card that is text already', new JsonText(JSON.stringify(card))],
  ])('are posted into a thread with %s', async (_what, given) => {
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
    const body = JSON.stringify({ roomId: 'r1', parentId: 'm0', markdown: 'Hello', attachments });
    webex()
      .intercept({ path: '/v1/messages', method: 'POST', body })
      .reply(200, { ...message, attachments });
    const posted = await postMessage(setUp(), { roomId: 'r1', parentId: 'm0', markdown: 'Hello', card: given });
    expect(posted.id).toBe('m1');
  });

  it('are posted to a person, with no more than was given', async () => {
    const body = JSON.stringify({ toPersonEmail: 'ada@provider.example', markdown: 'Hello' });
    webex().intercept({ path: '/v1/messages', method: 'POST', body }).reply(200, message);
    await postMessage(setUp(), { toPersonEmail: 'ada@provider.example', markdown: 'Hello' });
  });

  it('are posted with a file as a form, byte for byte', async () => {
    const asked: IncomingMessage[] = [];
    const sent: Buffer[] = [];
    const { url } = await startServer(async (request, response) => {
      asked.push(request);
      sent.push(await buffer(request));
      response.end(JSON.stringify({ ...message, files: ['https://webexapis.test/v1/contents/1'] }));
    });
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0xff]);
    const file = { name: 'forecast.png', contentType: 'image/png', bytes };
    await postMessage(setUp(`${url}/v1`), { roomId: 'r1', parentId: undefined, markdown: 'Hällo\n\n**x**', file });
    expect(asked.map((request) => `${request.method} ${request.url}`)).toEqual(['POST /v1/messages']);
    const { authorization, 'content-type': contentType = '' } = asked[0]?.headers ?? {};
    expect(authorization).toBe('Bearer x');
    expect(contentType).toMatch(/^multipart\/form-data; boundary=/);
    const form = await new Response(sent[0], { headers: { 'content-type': contentType } }).formData();
    const part = form.get('files');
    if (!(part instanceof File)) throw new Error('no file was sent');
    expect([...form.keys()]).toEqual(['roomId', 'markdown', 'files']);
    // A form's lines end as the standard has it; Webex and we take a text's white space as the same.
    expect(String(form.get('markdown')).replaceAll('\r\n', '\n')).toBe('Hällo\n\n**x**');
    expect([part.name, part.type]).toEqual(['forecast.png', 'image/png']);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes);
  });

  it('are edited and deleted', async () => {
    const body = JSON.stringify({ roomId: 'r1', markdown: 'New' });
    webex().intercept({ path: '/v1/messages/m1', method: 'PUT', body }).reply(200, message);
    webex().intercept({ path: '/v1/messages/m1', method: 'DELETE' }).reply(204);
    await editMessage(setUp(), { id: 'm1', roomId: 'r1', markdown: 'New' });
    await deleteMessage(setUp(), 'm1');
  });

  it('may fill the limit to the last byte, and not one more', async () => {
    // Two bytes each in UTF-8, one in length.
    const full = `${'é'.repeat((messageLimitBytes - 1) / 2)}x`;
    webex().intercept({ path: '/v1/messages', method: 'POST' }).reply(200, message);
    await postMessage(setUp(), { roomId: 'r1', markdown: full });
    const problem = "A message of 7440 bytes is over Webex's limit of 7439: shorten or page it.";
    await expect(postMessage(setUp(), { roomId: 'r1', markdown: `${full}x` })).rejects.toThrow(problem);
    await expect(editMessage(setUp(), { id: 'm1', roomId: 'r1', markdown: `${full}x` })).rejects.toThrow(problem);
  });
});

describe('what a person entered', () => {
  const action = {
    id: 'a1',
    type: 'submit',
    messageId: 'm1',
    personId: 'p1',
    roomId: 'r1',
    inputs: { name: 'Acme', wholesale_status: 'true' },
    created: '2026-03-01T12:00:00Z',
  };

  it('is read as it came', async () => {
    webex().intercept({ path: '/v1/attachment/actions/a1' }).reply(200, action);
    await expect(readAttachmentAction(setUp(), 'a1')).resolves.toEqual({
      ...action,
      created: new Date(action.created),
    });
  });

  it.each([
    ['are absent', undefined],
    ['are null', null],
    ['are a list', ['name']],
    ['are a text', 'name'],
  ])('is read where the inputs %s, and lets none in', async (_what, inputs) => {
    webex()
      .intercept({ path: '/v1/attachment/actions/a1' })
      .reply(200, { ...action, inputs });
    const read = await readAttachmentAction(setUp(), 'a1');
    expect(read.messageId).toBe('m1');
    expect(Object.keys(readClickInputs(read.inputs))).toEqual([]);
  });
});
