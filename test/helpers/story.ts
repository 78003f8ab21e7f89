// What stories have in common beside the test app: saving an organization, looking into the store, and planning faults in the simulator.
import { createHmac } from 'node:crypto';
import type { Fault } from '../../src/simulator/faults.ts';
import type { GrantedOrganization } from '../../src/simulator/oauth/grant-many.ts';
import type { WatchedGrant } from '../../src/simulator/oauth/refresh-watch.ts';
import { patienceMs } from './patience.ts';
import { type Actor, consent, linkOf, type Said, type SpaceMessage, type TestApp, titlesOf } from './test-app.ts';
import { until } from './until.ts';

/** A story's Webex, whoever serves it. */
type World = Pick<TestApp, 'simulator'>;

/** The number (UUID) that Control Hub shows for an organization of the simulator. */
export function numberOf(testApp: World, name: string): string {
  const id = testApp.simulator.organizations.find((organization) => organization.displayName === name)?.id;
  if (id === undefined) throw new Error(`the simulator has no organization ${name}`);
  return Buffer.from(id, 'base64').toString().split('/').at(-1) ?? '';
}

/** What a space holds by now: what is said from now on is not among it. */
export const saidSoFar = (actor: Actor, space: string): Promise<Said> => actor.saidSoFar(space);

/** What a space holds that was said since, the oldest first. */
export const saidSince = (actor: Actor, space: string, after: Said): Promise<SpaceMessage[]> =>
  actor.messagesSince(space, after);

/** Follows each message with a link: a story that went on before it would meet it later, in place of what is to come. */
export const textToForward = /^Please give .* access to your Webex organization/;

/** Asks for the form and saves it with the number of the simulator's organization of that name; `inputs` go on top. */
export async function addOrganization(
  testApp: World,
  actor: Actor,
  { space, name, inputs = {} }: { space: string; name: string; inputs?: Record<string, string> },
): Promise<{ form: SpaceMessage; saved: SpaceMessage; after: Said }> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, 'add');
  const form = await actor.reads(space, (message) => titlesOf(message).includes('Save'), { after });
  const number = inputs['account_number_external'] ?? numberOf(testApp, name);
  await actor.clicks(form, 'Save', { name, sync: 'true', ...inputs, account_number_external: number });
  const saved = await actor.reads(space, (message) => (message.markdown ?? '').includes('is saved'), { after });
  await actor.reads(space, textToForward, { after });
  return { form, saved, after };
}

/** Adds the simulator's organization of that name, has its administrator consent, and waits until the space is told. Roles and licenses are not synced unless `inputs` say so. */
export async function connectOrganization(
  testApp: World,
  actor: Actor,
  {
    space,
    name,
    administrator,
    inputs = {},
  }: { space: string; name: string; administrator: string; inputs?: Record<string, string> },
): Promise<void> {
  const added = { space, name, inputs: { sync: 'false', ...inputs } };
  const { saved, after } = await addOrganization(testApp, actor, added);
  await fetch(await consent(linkOf(saved), administrator));
  await actor.reads(space, new RegExp(`${name} is connected`), { after });
}

/** Asks for a link of an organization; `after` is what the space held before. */
export async function newLink(actor: Actor, space: string, name: string): Promise<{ link: string; after: Said }> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, `connect ${name}`);
  const link = linkOf(await actor.reads(space, /The link works once/, { after }));
  await actor.reads(space, textToForward, { after });
  return { link, after };
}

/** What each input of a card holds, by its id. */
export function valuesIn(message: SpaceMessage): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  JSON.stringify(message.attachments ?? [], (_key, value: { type?: unknown; id?: string; value?: unknown } | null) => {
    if (typeof value?.type === 'string' && value.type.startsWith('Input.') && value.id) found[value.id] = value.value;
    return value;
  });
  return found;
}

/** Everything that the bot has said in a space, the oldest first. */
export async function saidByBot(testApp: World, actor: Actor, space: string): Promise<SpaceMessage[]> {
  return (await actor.messages(space)).filter(({ personEmail }) => personEmail === testApp.simulator.bot.email);
}

/** The ids of what the bot has said in a space that fits, the oldest first; with `after`, of what was not there before. */
export async function idsSaid(
  testApp: World,
  actor: Actor,
  { space, words, after }: { space: string; words: RegExp; after?: Said },
): Promise<string[]> {
  return (await (after ? saidSince(actor, space, after) : actor.messages(space)))
    .filter(({ personEmail, markdown }) => personEmail === testApp.simulator.bot.email && words.test(markdown ?? ''))
    .map(({ id }) => id);
}

/** Proves that everything before is through: asks for something and waits for its answer. Returns that answer. */
export async function askedLast(actor: Actor, space: string): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, 'help');
  return actor.reads(space, /What I can do/, { after });
}

/** What the operator's page of figures says of a sample, labels and all; undefined where it says nothing. */
export async function metricOf(testApp: Pick<TestApp, 'url'>, sample: string): Promise<number | undefined> {
  const text = await (await fetch(`${testApp.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
}

interface Call {
  method: string;
  route: string;
  status?: number;
  by?: string;
}

/** The simulator's control door. */
export function faultsOf(world: World) {
  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${world.simulator.url}/simulator/api${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }
  const planned = async () => ((await control('GET', '/faults')) as { items: Fault[] }).items;

  return {
    plan: (fault: Partial<Fault>) => control('POST', '/faults', fault),
    /** Waits until every planned fault has hit as often as planned, and forgets them. */
    async areSpent(): Promise<void> {
      await until({ simulator: world.simulator, each: 'call', timeoutMs: eventually.timeout }, async () => {
        const unspent = (await planned()).filter(({ hits, times }) => hits < times);
        if (unspent.length > 0) throw new Error(`faults that nobody has met: ${JSON.stringify(unspent)}`);
      });
      await control('DELETE', '/faults');
    },
    /** Keeps back whatever Webex answers this person, just short of a time-out each, until the faults are forgotten. */
    holdUp: (by: string) => control('POST', '/faults', { by, route: '*', kind: 'slow', delayMs: 9_000, times: 1_000 }),
    forget: () => control('DELETE', '/faults'),
    advance: (ms: number) => control('POST', '/clock', { advanceMs: ms }),
    switches: (changed: object) => control('PUT', '/switches', changed),
    /** What becomes of a person, or of the grants that depend on one. */
    person: (email: string, fault: 'revoke' | 'delete' | 'demote' | 'read-only' | 'reset-password' | 'block') =>
      control('POST', `/people/${email}/${fault}`),
    /** Adds somebody to the simulator's organization of that name. */
    addPerson: async (person: {
      email: string;
      displayName: string;
      type?: 'person' | 'bot';
      of: string;
      isAdministrator?: boolean;
    }) => {
      const orgId = world.simulator.organizations.find(({ displayName }) => displayName === person.of)?.id;
      const added = (await control('POST', '/people', { ...person, orgId })) as { id: string; token: string };
      return { ...added, email: person.email };
    },
    /** Gives a person another address or organization. */
    changePerson: (id: string, changed: { email?: string; orgId?: string }) => control('PUT', `/people/${id}`, changed),
    /** Changes, adds or removes licenses of the simulator's organization of that name, each known by its own name. */
    licenses: async (organization: string, items: { name: string; [field: string]: unknown }[]) =>
      (
        (await control('PUT', `/organizations/${encodeURIComponent(organization)}/licenses`, { items })) as {
          items: { name: string }[];
        }
      ).items,
    /** Changes, adds or removes people of the simulator's organization of that name; `add` that many more. Returns how many it has. */
    employees: async (organization: string, changed: { add?: number; items?: object[] }) =>
      (
        (await control('PUT', `/organizations/${encodeURIComponent(organization)}/people`, changed)) as {
          count: number;
        }
      ).count,
    /** Changes or adds locations of the simulator's organization of that name. */
    locations: async (organization: string, items: { name: string; [field: string]: unknown }[]) =>
      (
        (await control('PUT', `/organizations/${encodeURIComponent(organization)}/locations`, { items })) as {
          items: { id: string; name: string }[];
        }
      ).items,
    /** Has a partner win customers (`add`: so many new ones), lose them, and find them renamed. Returns those that it manages. */
    managed: async (partner: string, changes: { add?: number; items?: object[] }) =>
      (
        (await control('PUT', `/organizations/${encodeURIComponent(partner)}/managed`, changes)) as {
          items: { id: string; displayName: string }[];
        }
      ).items,
    /** Changes, adds or removes workspaces of the simulator's organization of that name; `add` that many more. */
    workspaces: (organization: string, changed: { add?: number; items?: object[] }) =>
      control('PUT', `/organizations/${encodeURIComponent(organization)}/workspaces`, changed),
    /** Changes the wholesale customer of the simulator's organization of that name: its status, packages, their details, its errors. */
    wholesale: (organization: string, changes: object) =>
      control('PUT', `/organizations/${encodeURIComponent(organization)}/wholesale`, changes),
    /** Changes, adds or removes sites, teams, queues or entry points of the contact center of the simulator's organization of that name, or moves it to another region. */
    contactCenter: (organization: string, changes: object) =>
      control('PUT', `/organizations/${encodeURIComponent(organization)}/contact-center`, changes),
    /** As Webex does after 100 failed deliveries in 5 minutes. */
    disableWebhooks: () => control('POST', '/webhooks/disable', {}),
    /** How long each call of Webex takes. */
    latency: (ms: number) => control('PUT', '/latency', { ms }),
    /** Adds customers whose administrators have consented already. */
    grantMany: async (count: number) =>
      ((await control('POST', '/grants', { count })) as { items: GrantedOrganization[] }).items,
    /** What Webex saw of refreshes, grant by grant. */
    refreshes: async () => ((await control('GET', '/refreshes')) as { items: WatchedGrant[] }).items,
    forgetCalls: () => control('DELETE', '/calls'),
    async calls(method: string, route: string): Promise<Call[]> {
      return (await this.allCalls()).filter((call) => call.method === method && call.route === route);
    },
    /** Every call of Webex since they were forgotten. */
    allCalls: async (): Promise<Call[]> => ((await control('GET', '/calls')) as { items: Call[] }).items,
  };
}

/** Lets this time pass at Webex, and has the app look for what is due by then. */
export async function timePasses(testApp: Pick<TestApp, 'simulator' | 'bell'>, ms: number): Promise<void> {
  await faultsOf(testApp).advance(Math.round(ms));
  await testApp.bell.look();
}

/** How long a story waits for something that is not a message. */
export const eventually = { timeout: patienceMs, interval: 50 };

/** A webhook's body for a thing in Webex. */
export const envelope = (
  resource: string,
  data: { id: string; roomId?: string; personId?: string },
  event = 'created',
) => JSON.stringify({ resource, event, actorId: data.personId, data });

/** Delivers a body as Webex does, signed with the webhook's secret unless `headers` say otherwise. */
export function deliver(testApp: TestApp, body: string | Buffer, headers?: Record<string, string>): Promise<Response> {
  return fetch(`${testApp.url}/webhooks/webex`, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: { 'content-type': 'application/json', ...(headers ?? signed(testApp, body)) },
  });
}

export function signed(testApp: TestApp, body: string | Buffer, algorithm: 'sha1' | 'sha256' = 'sha1') {
  const signature = createHmac(algorithm, testApp.webhookSecret).update(body).digest('hex');
  return { [algorithm === 'sha1' ? 'x-spark-signature' : 'x-webex-signature']: signature };
}

/** Writes to Webex with a person's own token, as the Webex app does. */
export async function asksWebex(
  world: World,
  { token }: { token: string },
  ...[method, path, body]: [method: string, path: string, body?: object]
): Promise<Record<string, string>> {
  const response = await fetch(`${world.simulator.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>);
}

/** A new group space of its creator and these people, the bot among them. */
export async function newSpace(
  world: World,
  creator: { token: string },
  { title, members }: { title: string; members: readonly string[] },
): Promise<string> {
  const { id: roomId = '' } = await asksWebex(world, creator, 'POST', '/rooms', { title });
  for (const personId of [...members, world.simulator.bot.personId]) {
    await asksWebex(world, creator, 'POST', '/memberships', { roomId, personId });
  }
  return roomId;
}
