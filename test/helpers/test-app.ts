// The real app with a simulated Webex and a database of its own, and people who type, click and consent as people do: over HTTP.
import { type App, startApp } from '../../src/app.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import type { Db } from '../../src/db/database.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/log.ts';
import type { SimulatedPerson, Simulator } from '../../src/simulator/simulator.ts';
import { createBell } from './bell.ts';
import { leaksIn, messagesOf, secretsOf, signedPathsIn, tablesOf } from './canary.ts';
import { encryptionKey, takeStore } from './database.ts';
import { anyTestFailed } from './failures.ts';
import { startOneWebex } from './one-webex.ts';
import { patienceMs } from './patience.ts';
import { until } from './until.ts';

export { encryptionKey };

export interface SpaceMessage {
  id: string;
  roomId: string;
  personEmail: string;
  parentId?: string;
  markdown?: string;
  text?: string;
  attachments?: { content: unknown }[];
  files?: string[];
}

/**
 * The last messages that a space held at a moment, by their ids: forms that are removed later would move any number. Whatever stands behind the last of
 * them that still stands was said since.
 */
export type Said = ReadonlySet<string>;
const nothing: Said = new Set();
/** More than are removed from a space between two looks. */
const fewMessages = 20;

export interface TestAppOptions {
  /** Default: Ada alone. */
  admins?: string[];
  webhookSecret?: string;
  /** What the operator says of the provider; nothing by default. */
  provider?: { name: string; contact: string };
  /** The app's own by default. */
  refreshConcurrency?: number;
  /** Shorter than in life where Webex is to hang. */
  webexTimeouts?: { timeoutMs: number; budgetMs: number };
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** Starts everything; `close` stops it and removes the data, unless a test failed. */
export async function startTestApp(options: TestAppOptions = {}) {
  const store = await takeStore();
  const simulator = await startOneWebex({ redirectUris: [] });
  const logLines: string[] = [];
  const log = createLog({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  let aheadMs = 0;
  const clock: Clock = {
    now: () => new Date(simulator.now().getTime() + aheadMs),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      }),
  };
  const webhookSecret = options.webhookSecret ?? 'a webhook secret of the tests';
  const bell = createBell();
  let app: App | undefined;

  async function start(): Promise<App> {
    const database = await store.open(log);
    app = await startApp({
      port: 0,
      publicUrl: undefined,
      webex: {
        apiUrl: simulator.apiUrl,
        botToken: simulator.bot.token,
        ...simulator.integration,
        serviceApp: simulator.serviceApp,
        webhookSecret,
      },
      contactCenterUrl: simulator.contactCenterUrl,
      databaseUrl: store.url,
      dataDir: store.dataDir,
      database,
      encryptionKeys: [{ id: 'test', key: encryptionKey }],
      ...(options.provider ? { provider: options.provider } : {}),
      admins: options.admins ?? ['ada@meridian.example'],
      refreshSchedule: '* * * * * *',
      expirySchedule: '* * * * * *',
      createSchedules: bell.createSchedules,
      ...(options.refreshConcurrency === undefined ? {} : { refreshConcurrency: options.refreshConcurrency }),
      ...(options.webexTimeouts ? { webexTimeouts: options.webexTimeouts } : {}),
      clock,
      log,
    });
    simulator.allowRedirect(`${app.url}/oauth/callback`);
    return app;
  }

  async function stopApp(): Promise<void> {
    await app?.stop();
    app = undefined;
  }

  async function stop(): Promise<void> {
    await stopApp();
    await store.close();
  }

  async function leaksOfStory(): Promise<string[]> {
    const { db } = await store.open();
    const tables = await tablesOf(db);
    const places = [...(await messagesOf(simulator)), ...tables];
    const secrets = [
      ...(await secretsOf(simulator)),
      { name: 'the webhook secret', value: webhookSecret },
      { name: 'the encryption key', value: encryptionKey.toString('base64') },
    ];
    const signed = signedPathsIn([...tables, { where: 'the log', text: logLines.join('') }]);
    return [
      ...leaksIn([...places, { where: 'the log', text: logLines.join('') }], secrets),
      ...signed.map((where) => `a page's signed address: ${where}`),
    ];
  }

  await start();
  return {
    simulator,
    store,
    /** The app's schedules are at rest: they run when it rings. */
    bell,
    logLines,
    webhookSecret,
    get url(): string {
      if (!app) throw new Error('the app is not running');
      return app.url;
    },
    /** Whether no job runs or is due. */
    isIdle: async () => (await app?.isIdle()) ?? true,
    start,
    /** Sets the clock of our machine this far ahead of Webex's. */
    setClockAhead(ms: number) {
      aheadMs = ms;
    },
    /** Stops the app and closes the database, so that another may be opened on the store. */
    stop,
    async restart() {
      await stopApp();
      await start();
    },
    /** Looks into the store, or writes to it, while the app does not run; then starts the app again. */
    async withStore<T>(look: (db: Db) => Promise<T>): Promise<T> {
      await stopApp();
      try {
        return await look((await store.open()).db);
      } finally {
        await start();
      }
    },
    as: (who: string | { email: string; token: string }) => actAs(simulator, who),
    room: (type: 'direct' | 'group') => roomOf(simulator, type),
    /** Ends the story, searches all that it left behind for secrets, and checks the chain of its audit. */
    async close() {
      await stopApp();
      const leaks = anyTestFailed() ? [] : await leaksOfStory();
      const audit = await verifyAudit((await store.open()).db);
      await simulator.stop();
      await store.giveBack();
      if (leaks.length > 0) throw new Error(`secrets stand where they do not belong:\n${leaks.join('\n')}`);
      if (!audit.isWhole) throw new Error(`entry ${audit.sequence} of the audit is broken: ${audit.brokenBy}`);
    },
  };
}

export function roomOf(simulator: Simulator, type: 'direct' | 'group'): string {
  const room = simulator.rooms.find((candidate) => candidate.type === type);
  if (!room) throw new Error(`the simulator has no ${type} space`);
  return room.id;
}

export type Actor = ReturnType<typeof actAs>;

/** What a person does in Webex, with the person's own token. Who was added later is given by the token, the first of an address by the address. */
export function actAs(simulator: Simulator, who: string | { email: string; token: string }) {
  const person = typeof who === 'string' ? personNamed(simulator, who) : who;
  const { email } = person;

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${simulator.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** What Webex lists of a space, the newest `max` in the order in which they were said. */
  async function newest(roomId: string, max: number): Promise<SpaceMessage[]> {
    const { items } = (await call('GET', `/messages?roomId=${roomId}&max=${max}`)) as { items: SpaceMessage[] };
    return items.reverse();
  }

  const messages = (roomId: string) => newest(roomId, 1_000);

  /** What was said since, the oldest first. A page of the newest is enough where it begins with something that was known. */
  async function messagesSince(roomId: string, after: Said): Promise<SpaceMessage[]> {
    const page = await newest(roomId, fewMessages);
    const all = page.length < fewMessages || page.some(({ id }) => after.has(id)) ? page : await messages(roomId);
    return all.slice(all.findLastIndex(({ id }) => after.has(id)) + 1);
  }

  async function reads(
    roomId: string,
    fits: RegExp | ((message: SpaceMessage) => boolean),
    { after = nothing }: { after?: Said } = {},
  ): Promise<SpaceMessage> {
    const test = typeof fits === 'function' ? fits : (message: SpaceMessage) => fits.test(message.markdown ?? '');
    return until({ simulator, each: 'change', timeoutMs: patienceMs }, async () => {
      const said = await messagesSince(roomId, after);
      const found = said.find((message) => message.personEmail === simulator.bot.email && test(message));
      if (!found) throw new Error(`not read yet: ${String(fits)}; the space says:\n${inWords(said)}`);
      return found;
    });
  }

  const saidSoFar = async (roomId: string): Promise<Said> =>
    new Set((await newest(roomId, fewMessages)).map(({ id }) => id));

  const says = async (roomId: string, text: string, parentId?: string): Promise<SpaceMessage> =>
    (await call('POST', '/messages', { roomId, markdown: text, parentId })) as SpaceMessage;

  return {
    email,
    messages,
    messagesSince,
    /** What a space holds by now: what is said from now on is not among it. */
    saidSoFar,
    says,
    /** Says something and reads what is answered to it. */
    async asks(roomId: string, text: string, answer: RegExp = /./): Promise<SpaceMessage> {
      const after = await saidSoFar(roomId);
      await says(roomId, text);
      return reads(roomId, answer, { after });
    },
    /** In a group space the bot hears only messages that mention it. */
    async tellsBot(roomId: string, text: string, parentId?: string): Promise<SpaceMessage> {
      const markdown = `<@personId:${simulator.bot.personId}|Hubkeeper> ${text}`;
      return (await call('POST', '/messages', { roomId, markdown, parentId })) as SpaceMessage;
    },
    /** Says something with a file; with `mention`, to the bot in a group space. */
    async sendsFile(
      roomId: string,
      text: string,
      { name, bytes, mention = false }: { name: string; bytes: string | Uint8Array; mention?: boolean },
    ): Promise<SpaceMessage> {
      const form = new FormData();
      form.set('roomId', roomId);
      form.set('markdown', mention ? `<@personId:${simulator.bot.personId}|Hubkeeper> ${text}` : text);
      form.set('files', new Blob([new Uint8Array(Buffer.from(bytes))], { type: 'text/csv' }), name);
      const headers = { authorization: `Bearer ${person.token}` };
      const response = await fetch(`${simulator.apiUrl}/messages`, { method: 'POST', headers, body: form });
      if (!response.ok) throw new Error(`POST /messages: ${response.status} ${await response.text()}`);
      return (await response.json()) as SpaceMessage;
    },
    /** The bytes of a message's file, as text, with its name. */
    async opensFile({ files = [] }: SpaceMessage): Promise<{ name: string; text: string }> {
      const headers = { authorization: `Bearer ${person.token}` };
      const response = await fetch(files[0] ?? '', { headers });
      if (!response.ok) throw new Error(`GET /contents: ${response.status} ${await response.text()}`);
      const name = /filename="([^"]*)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? '';
      return { name, text: Buffer.from(await response.arrayBuffer()).toString() };
    },
    /** Presses the button with this title on the message's card, with what was typed into its inputs. */
    async clicks(message: SpaceMessage, title: string, inputs: Record<string, string> = {}): Promise<void> {
      const data = buttonsOf(message).find((button) => button.title === title)?.data;
      if (data === undefined) throw new Error(`there is no button "${title}": ${titlesOf(message).join(', ')}`);
      const merged = { ...inputs, ...(data as object) };
      await call('POST', '/attachment/actions', { type: 'submit', messageId: message.id, inputs: merged });
    },
    /** Sends these inputs from the message's card, whatever its buttons are: any client can. */
    async sends(message: SpaceMessage, inputs: object): Promise<void> {
      await call('POST', '/attachment/actions', { type: 'submit', messageId: message.id, inputs });
    },
    /** Waits for a message of the bot that fits, and is not among those of before. */
    reads,
  };
}

const inWords = (messages: SpaceMessage[]) =>
  messages.map((message) => `${message.personEmail}: ${message.markdown ?? message.text}`).join('\n');

function personNamed(simulator: Simulator, email: string): SimulatedPerson {
  const person = simulator.people.find((candidate) => candidate.email === email);
  if (!person) throw new Error(`nobody is called ${email}`);
  return person;
}

interface CardAction {
  type: string;
  title?: string;
  url?: string;
  data?: unknown;
}

/** Every action of a message's card, wherever in the card it stands. */
export function buttonsOf(message: SpaceMessage): CardAction[] {
  const found: CardAction[] = [];
  JSON.stringify(message.attachments ?? [], (_key, value: unknown) => {
    if (isAction(value)) found.push(value);
    return value;
  });
  return found;
}

const isAction = (value: unknown): value is CardAction =>
  typeof value === 'object' && value !== null && 'type' in value && String(value.type).startsWith('Action.');

export const titlesOf = (message: SpaceMessage): string[] => buttonsOf(message).map(({ title }) => title ?? '');

/** The connect link that a message's button opens. */
export function linkOf(message: SpaceMessage): string {
  const url = buttonsOf(message).find((button) => button.type === 'Action.OpenUrl')?.url;
  if (url === undefined) throw new Error('the card has no link');
  return url;
}

/** Where the one button of a connect link's page leads: to Webex. */
export function consentButtonOf(html: string): string {
  const address = /<a class="button" href="([^"]*)"/.exec(html)?.[1];
  if (address === undefined) throw new Error('the page has no button');
  return address.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
}

let visitors = 0;

/** Opens an address as one more visitor, from a network of their own: no limit per address counts them together. Redirects are not followed. */
export function visit(address: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
  visitors += 1;
  const from = `198.18.${(visitors >> 8) & 255}.${visitors & 255}`;
  return fetch(address, { redirect: 'manual', ...init, headers: { ...headers, 'x-forwarded-for': from } });
}

/** The address at Webex to which the page of a connect link leads. */
export async function authorizeUrlOf(link: string): Promise<string> {
  const page = await visit(link);
  if (page.status !== 200) throw new Error(`the link answered ${page.status}`);
  return consentButtonOf(await page.text());
}

/** Fields of the form on a page, hidden ones and all. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    const value = /value="([^"]*)"/.exec(tag)?.[1];
    if (name !== undefined && value !== undefined)
      fields[name] = value.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  }
  return fields;
}

/**
 * Opens a connect link in a browser, goes on to Webex, signs in as this person and decides. Returns the address to which Webex sends the browser back,
 * which the caller opens. `wayTo` gives the address by which the test reaches Webex's page.
 */
export async function consent(
  link: string,
  person: string,
  decision: 'accept' | 'decline' = 'accept',
  wayTo: (address: string) => string = (address) => address,
): Promise<string> {
  const opened = await fetch(wayTo(await authorizeUrlOf(link)));
  if (!opened.ok) throw new Error(`Webex's page answered ${opened.status}`);
  const post = (path: string, fields: Record<string, string>) =>
    fetch(new URL(path, opened.url), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const consentPage = await post('/v1/authorize/sign-in', { ...fieldsOf(await opened.text()), person });
  const sentBack = await post('/v1/authorize/consent', { ...fieldsOf(await consentPage.text()), decision });
  const location = sentBack.headers.get('location');
  if (location === null) throw new Error(`Webex did not send the browser back: ${sentBack.status}`);
  return location;
}
