// The smallest bot that answers a message, by node:http and fetch: it checks the signature, reads the message and posts a reply. It stores nothing and checks
// no rights.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const { WEBEX_API_URL: apiUrl = '', WEBEX_BOT_TOKEN: token = '', WEBHOOK_SECRET: secret = '' } = process.env;

async function webex(method: string, path: string, body?: object): Promise<Record<string, string>> {
  const response = await fetch(apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return (await response.json()) as Record<string, string>;
}

function isGenuine(body: Buffer, signature: string): boolean {
  const due = Buffer.from(createHmac('sha1', secret).update(body).digest('hex'));
  const given = Buffer.from(signature);
  return due.length === given.length && timingSafeEqual(due, given);
}

const me = await webex('GET', '/people/me');

async function answer(messageId: string): Promise<void> {
  const { roomId, text } = await webex('GET', `/messages/${messageId}`);
  await webex('POST', '/messages', { roomId, markdown: `You said: ${text}` });
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isGenuine(body, String(request.headers['x-spark-signature']))) {
    response.writeHead(401).end();
    return;
  }
  response.writeHead(200).end();
  const { data } = JSON.parse(body.toString('utf8'));
  if (data.personId !== me['id']) answer(data.id).catch((error: unknown) => console.error(error));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const targetUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
await webex('POST', '/webhooks', { name: 'hand-written', targetUrl, secret, resource: 'messages', event: 'created' });
process.stdout.write('ready\n');
