// A lean Webex on node:http alone: what a bot needs to start and to answer messages. It is fast, so that the bot is what is measured.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { asksForPeople, directoryAnswer, peoplePage } from './lean-webex-directory.ts';
import { BOT_TOKEN, newTokens, rooms } from './lean-webex-people.ts';
import { createResources, type Resources } from './lean-webex-resources.ts';

export interface LeanWebex extends Omit<Resources, 'answer'> {
  /** The REST base. */
  apiUrl: string;
  roomIds: readonly string[];
  /** How long each REST call is delayed before it takes effect. */
  setLatencyMs(ms: number): void;
  /** How many people each organization has. */
  setPeople(count: number): void;
  /** REST calls that have arrived so far, those for tokens left out. */
  calls(): number;
}

/** Starts on any free port. `control` gets the requests whose path begins with `/control/`. */
export async function startLeanWebex(
  control: (path: string, body: unknown, webex: LeanWebex) => Promise<unknown>,
): Promise<LeanWebex> {
  const { answer, ...resources } = createResources();
  let latencyMs = 0;
  let people = 0;
  let calls = 0;

  const webex: LeanWebex = {
    ...resources,
    apiUrl: '',
    roomIds: rooms.map(({ id }) => id),
    setLatencyMs(ms) {
      latencyMs = ms;
    },
    setPeople(count) {
      people = count;
    },
    calls: () => calls,
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(incoming);
    if (incoming.url === '/v1/access_token') {
      if (latencyMs > 0) await sleep(latencyMs);
      return send(response, 200, newTokens(new URLSearchParams(text).get('refresh_token') ?? ''));
    }
    const url = new URL(incoming.url ?? '/', webex.apiUrl);
    const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
    if (url.pathname.startsWith('/control/')) {
      return send(response, 200, await control(url.pathname.slice('/control/'.length), body, webex));
    }
    calls++;
    if (latencyMs > 0) await sleep(latencyMs);
    const { method = '', headers } = incoming;
    if (asksForPeople(method, url.pathname, headers.authorization)) {
      const page = peoplePage(url, people);
      return send(response, 200, page.body, page.headers);
    }
    const read = directoryAnswer(method, url.pathname, headers.authorization);
    if (read) return send(response, 200, read);
    if (incoming.headers.authorization !== `Bearer ${BOT_TOKEN}`) return send(response, 401, { message: 'no token' });
    const found = answer(incoming.method ?? 'GET', url, body);
    send(response, found === undefined ? 404 : 200, found ?? { message: 'not found' });
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => send(response, 500, { message: String(error) }));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  webex.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return webex;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    trackingid: 'BENCH_1',
    ...headers,
  });
  response.end(text);
}
