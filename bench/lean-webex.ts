// A lean Webex on node:http alone: what a bot needs to start and to answer messages, fast enough not to be what is measured.

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const BOT_TOKEN = 'the-token-of-the-bot';
export const ADMIN_EMAIL = 'ada@meridian.example';
/** Each command of a concurrent load stands in a space of its own, so that its answer is known by the space. */
export const SPACES = 50;

const webexId = (kind: string) => Buffer.from(`ciscospark://us/${kind}/${randomUUID()}`).toString('base64url');
const longAgo = '2024-01-01T00:00:00.000Z';
const orgId = webexId('ORGANIZATION');
const bot = { id: webexId('PEOPLE'), emails: ['bench@webex.bot'], displayName: 'Bench', orgId, type: 'bot' };
const admin = { id: webexId('PEOPLE'), emails: [ADMIN_EMAIL], displayName: 'Ada Lindqvist', orgId, type: 'person' };
type Person = typeof bot;
const rooms = Array.from({ length: SPACES }, (_, index) => ({
  id: webexId('ROOM'),
  title: `Space ${index + 1}`,
  type: 'group',
  isLocked: false,
  created: longAgo,
  lastActivity: longAgo,
  creatorId: admin.id,
}));
const memberships = rooms.flatMap((room) =>
  [bot, admin].map((person) => ({
    id: webexId('MEMBERSHIP'),
    roomId: room.id,
    roomType: room.type,
    personId: person.id,
    personEmail: person.emails[0],
    personDisplayName: person.displayName,
    personOrgId: orgId,
    isModerator: false,
    isMonitor: false,
    created: longAgo,
  })),
);

interface Message {
  id: string;
  roomId: string;
  roomType: string;
  personId: string;
  personEmail: string | undefined;
  created: string;
  text?: string;
  markdown?: string;
  html?: string;
  mentionedPeople?: string[];
  attachments?: unknown;
}

interface Webhook {
  id: string;
  name: string;
  targetUrl: string;
  resource: string;
  event: string;
  secret?: string;
  status: string;
  created: string;
}

/** Older messages are forgotten, so that a long run stays small. */
const MESSAGES_KEPT = 1000;

export interface LeanWebex {
  /** The REST base. */
  apiUrl: string;
  roomIds: readonly string[];
  /** How long each REST call takes on its way here; it has its effect after that. */
  setLatencyMs(ms: number): void;
  /** Ada writes to the bot; returns once the event is sent off. */
  say(roomId: string, text: string): void;
  /** Told of every message of the bot, at the moment at which Webex takes it. */
  onBotMessage(heard: (message: { roomId: string; markdown: string }) => void): void;
  /** REST calls that have arrived so far, those for tokens left out. */
  calls(): number;
  /** Forgets webhooks and messages, for the next bot. */
  reset(): void;
}

/** Starts on any free port. `control` gets the requests whose path begins with `/control/`. */
export async function startLeanWebex(
  control: (path: string, body: unknown, webex: LeanWebex) => Promise<unknown>,
): Promise<LeanWebex> {
  const messages = new Map<string, Message>();
  const webhooks = new Map<string, Webhook>();
  const agent = new Agent({ keepAlive: true });
  let latencyMs = 0;
  let calls = 0;
  let heard: (message: { roomId: string; markdown: string }) => void = () => {};

  function post(message: Message): void {
    messages.set(message.id, message);
    const oldest = messages.keys().next();
    if (messages.size > MESSAGES_KEPT && !oldest.done) messages.delete(oldest.value);
    const { text: _text, markdown: _markdown, html: _html, attachments: _attachments, ...data } = message;
    for (const webhook of webhooks.values()) {
      const isWanted = webhook.resource === 'all' || webhook.resource === 'messages';
      if (isWanted && ['all', 'created'].includes(webhook.event)) deliver(webhook, data);
    }
  }

  function deliver(webhook: Webhook, data: { personId: string }): void {
    const { secret, ...shown } = webhook;
    const event = {
      ...shown,
      resource: 'messages',
      event: 'created',
      orgId,
      createdBy: bot.id,
      actorId: data.personId,
    };
    const body = JSON.stringify({ ...event, ownedBy: 'creator', data });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(secret ? { 'x-spark-signature': createHmac('sha1', secret).update(body).digest('hex') } : {}),
    };
    const delivery = request(webhook.targetUrl, { method: 'POST', agent, headers }, (answer) => answer.resume());
    delivery.on('error', () => {
      // The bot closed the idle connection at this very moment: it has not seen the event.
      if (delivery.reusedSocket) deliver(webhook, data);
      // Otherwise it is being stopped; one that does not answer is noticed by the load.
    });
    delivery.end(body);
  }

  function said(person: Person, roomId: string, content: Partial<Message>): Message {
    const created = new Date().toISOString();
    const [personEmail] = person.emails;
    return { id: webexId('MESSAGE'), roomId, roomType: 'group', personId: person.id, personEmail, created, ...content };
  }

  /** Undefined: 404. */
  function answer(method: string, url: URL, body: Record<string, unknown>): unknown {
    const [resource = '', id = ''] = url.pathname.replace(/^\/v1\//, '').split('/');
    switch (`${method} ${resource}`) {
      case 'GET messages':
        return id === '' ? { items: [] } : messages.get(id);
      case 'POST messages': {
        const roomId = String(body['roomId']);
        const markdown = String(body['markdown'] ?? body['text']);
        const message = said(bot, roomId, { text: markdown, markdown, attachments: body['attachments'] });
        heard({ roomId, markdown });
        post(message);
        return message;
      }
      case 'GET people': {
        if (id === 'me') return bot;
        const ids = id === '' ? (url.searchParams.get('id')?.split(',') ?? []) : [id];
        const found = [bot, admin].filter((person) => ids.includes(person.id));
        return id === '' ? { items: found } : found[0];
      }
      case 'GET rooms':
        return id === '' ? { items: rooms } : rooms.find((room) => room.id === id);
      case 'GET memberships':
        return { items: memberships.filter(isAskedFor(url.searchParams)) };
      case 'GET webhooks':
        return id === '' ? { items: [...webhooks.values()] } : webhooks.get(id);
      case 'POST webhooks':
      case 'PUT webhooks': {
        const webhook = {
          status: 'active',
          created: longAgo,
          ...webhooks.get(id),
          ...body,
          id: id || webexId('WEBHOOK'),
        };
        webhooks.set(webhook.id, webhook as Webhook);
        return webhook;
      }
      case 'DELETE webhooks':
        return webhooks.delete(id) ? {} : undefined;
      default:
        return undefined;
    }
  }

  const webex: LeanWebex = {
    apiUrl: '',
    roomIds: rooms.map(({ id }) => id),
    setLatencyMs(ms) {
      latencyMs = ms;
    },
    say(roomId, text) {
      const html = `<p><spark-mention data-object-type="person" data-object-id="${bot.id}">Bench</spark-mention> ${text}</p>`;
      post(said(admin, roomId, { text: `Bench ${text}`, html, mentionedPeople: [bot.id] }));
    },
    onBotMessage(listener) {
      heard = listener;
    },
    calls: () => calls,
    reset() {
      webhooks.clear();
      messages.clear();
    },
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

const isAskedFor = (query: URLSearchParams) => (membership: (typeof memberships)[number]) =>
  ['roomId', 'personId', 'personEmail'].every((name) => {
    const wanted = query.get(name);
    return wanted === null || membership[name as 'roomId'] === wanted;
  });

/** As Webex answers: a new access token for 14 days, and the refresh token's 90 days begin anew. */
const newTokens = (refreshToken: string) => ({
  access_token: randomBytes(48).toString('base64url'),
  expires_in: 1_209_599,
  refresh_token: refreshToken,
  refresh_token_expires_in: 7_775_999,
  token_type: 'Bearer',
  scope: 'spark:people_read spark-admin:organizations_read',
});

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    trackingid: 'BENCH_1',
  });
  response.end(text);
}
