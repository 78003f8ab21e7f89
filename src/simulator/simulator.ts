// A local Webex: REST API, OAuth pages, webhooks and a chat page on one port. It shares no code with the rest of the program.

import { createServer, type Server } from 'node:http';
import express from 'express';
import { createCallLog } from './calls.ts';
import { createClockSteps, type FollowClock } from './clock.ts';
import { controlApi } from './control.ts';
import { createDelivery } from './delivery.ts';
import { createFaults } from './faults.ts';
import { createFeed } from './feed.ts';
import { authorizePages } from './oauth/authorize.ts';
import { createRefreshWatch } from './oauth/refresh-watch.ts';
import { tokenRoute } from './oauth/token.ts';
import { chatPage } from './page.ts';
import type { Parts } from './parts.ts';
import { giveOwnTokens, ownTokenOf, ownTokens } from './rest/access.ts';
import { adminAuditRoutes } from './rest/admin-audit.ts';
import { applicationRoutes } from './rest/applications.ts';
import { attachmentActionRoutes } from './rest/attachment-actions.ts';
import { authorizationRoutes } from './rest/authorizations.ts';
import { callingRoutes } from './rest/calling.ts';
import { contactCenterErrorBody, contactCenterRoutes } from './rest/contact-center.ts';
import { contentRoutes } from './rest/contents.ts';
import { locationRoutes } from './rest/locations.ts';
import { membershipRoutes } from './rest/memberships.ts';
import { messageRoutes } from './rest/messages.ts';
import { organizationRoutes } from './rest/organizations.ts';
import { partnerTagRoutes } from './rest/partner-tags.ts';
import { peopleRoutes } from './rest/people.ts';
import { roomRoutes } from './rest/rooms.ts';
import { serveRest } from './rest/server.ts';
import { webhookRoutes } from './rest/webhooks.ts';
import { wholesaleRoutes } from './rest/wholesale.ts';
import { workspaceRoutes } from './rest/workspaces.ts';
import { answerErrors, contentSecurity, ownHostsOnly } from './security.ts';
import { seedWorld } from './seed.ts';
import { createStore, readWorld } from './store.ts';
import { createRenderPage } from './templates.ts';
import type { Person } from './world.ts';

export interface SimulatorOptions {
  /** 0 is any free one. */
  port: number;
  /** Default 127.0.0.1: nobody but this machine. Whoever reaches the chat page can act as everybody in it. */
  host?: string;
  /** Where the world is kept over restarts; absent: in memory only. */
  dataFile?: string;
  /** Where the integration may send browsers back to. More with `allowRedirect`. */
  redirectUris: string[];
  /** Default: real time. The simulator's own clock can be turned forward on top of it. */
  now?: () => Date;
}

export interface SimulatedPerson {
  email: string;
  displayName: string;
  personId: string;
  /** The person's own access token. */
  token: string;
  orgId: string;
  /** Ids of the organizations that the person administers. */
  administers: string[];
}

export interface Simulator {
  /** Listens. Rejects where the port is taken. */
  start(): Promise<void>;
  /** Closes every connection and writes the world. */
  stop(): Promise<void>;
  /** `http://localhost:<port>`. Throws before `start`. */
  readonly url: string;
  /** The REST base, OAuth endpoints included. Throws before `start`. */
  readonly apiUrl: string;
  /** The base of the contact center's API, with `{region}` where a region's code such as `us1` belongs. Throws before `start`. */
  readonly contactCenterUrl: string;
  /** Where a person reads and writes. Throws before `start`. */
  readonly chatUrl: string;
  readonly bot: { token: string; personId: string; email: string };
  readonly integration: { clientId: string; clientSecret: string };
  /** The provider's own. */
  readonly serviceApp: { clientId: string; clientSecret: string };
  /** Everybody but the bot. */
  readonly people: SimulatedPerson[];
  readonly organizations: { id: string; displayName: string }[];
  readonly rooms: { id: string; title: string; type: 'direct' | 'group' }[];
  /** The simulator's time: real time plus what its clock was turned forward. */
  now(): Date;
  /** Has each step in which a person lets days pass wait until `follow` resolves. Programs turn the clock at once. */
  followClock(follow: FollowClock): void;
  /** Registers one more address that the integration may send browsers back to. */
  allowRedirect(uri: string): void;
  /** Calls `heard` after each change of the world and each call of the REST API. Returns how to end that. */
  watch(heard: (what: 'change' | 'call') => void): () => void;
}

/** A simulator with its world read or made, ready to start. Throws on a data file that is no world. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { host = '127.0.0.1', port, dataFile, now: realNow = () => new Date() } = options;
  const world = (dataFile === undefined ? undefined : await readWorld(dataFile)) ?? seedWorld(realNow());
  world.integration.redirectUris = [...new Set([...world.integration.redirectUris, ...options.redirectUris])];

  let running: Promise<void> | undefined;
  let listeningAt: string | undefined;
  function baseUrl(): string {
    if (listeningAt === undefined) throw new Error('The simulator is not started yet');
    return listeningAt;
  }

  const store = createStore(world, dataFile);
  const feed = createFeed();
  const watchers = new Set<(what: 'change' | 'call') => void>();
  const tellWatchers = (what: 'change' | 'call') => {
    for (const heard of watchers) heard(what);
  };
  const parts: Parts = {
    world,
    now: () => new Date(realNow().getTime() + world.clockOffsetMs),
    changed: store.changed,
    happened(happening) {
      store.changed();
      feed.tell(happening);
      delivery.send(happening);
      tellWatchers('change');
    },
    url: baseUrl,
  };
  const delivery = createDelivery(parts);
  const faults = createFaults();
  const calls = createCallLog(() => tellWatchers('call'));
  const refreshes = createRefreshWatch(world);
  const clock = createClockSteps(parts);
  const settings = { latencyMs: 0 };
  const renderPage = createRenderPage();

  const restDeps = { ...parts, faults, calls, latencyMs: () => settings.latencyMs };
  const rest = serveRest(restDeps, [
    tokenRoute(parts, refreshes),
    ...peopleRoutes(parts),
    ...roomRoutes(parts),
    ...membershipRoutes(parts),
    ...messageRoutes(parts),
    ...contentRoutes(parts),
    ...attachmentActionRoutes(parts),
    ...webhookRoutes(parts),
    ...organizationRoutes(parts),
    ...partnerTagRoutes(parts),
    ...locationRoutes(parts),
    ...callingRoutes(parts),
    ...workspaceRoutes(parts),
    ...authorizationRoutes(parts),
    ...wholesaleRoutes(parts),
    ...applicationRoutes(parts),
    ...adminAuditRoutes(parts),
  ]);
  const contactCenter = serveRest({ ...restDeps, errorBody: contactCenterErrorBody }, contactCenterRoutes(parts));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const secured = contentSecurity(world);
  // Browsers alone come here. Whoever reaches these pages acts as everybody: a name of another site that leads to this machine must not.
  const named = ownHostsOnly([host]);
  app.use('/v1/authorize', named, secured);
  app.use('/v1', authorizePages({ ...parts, renderPage }));
  app.use('/v1', express.raw({ type: () => true, limit: '110mb' }));
  app.use('/v1/access_token', refreshes.middleware);
  app.use('/v1', rest);
  app.use('/contact-center', express.raw({ type: () => true }), contactCenter);
  app.use(named, secured);
  app.use('/simulator/api', controlApi({ ...parts, faults, calls, refreshes, settings }));
  app.use(chatPage({ ...parts, feed, clock, refreshes }));
  app.use(answerErrors);
  const server = createServer(app);
  // After Node's five seconds it would end connections that a busy client is about to use again, and the request is lost.
  server.keepAliveTimeout = 60_000;

  giveOwnTokens(parts);
  const tokens = ownTokens(parts);

  return {
    start: () =>
      (running ??= listen(server, port, host).then((url) => {
        listeningAt = url;
        // Not earlier: where the port is taken, another world may be kept in that file.
        store.changed();
      })),
    async stop() {
      // Whoever called start was told why it failed; there is nothing to close then.
      await running?.catch(() => undefined);
      feed.close();
      await delivery.stop();
      if (server.listening) {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeAllConnections();
        await closed;
      }
      await store.flush();
    },
    get url() {
      return baseUrl();
    },
    get apiUrl() {
      return `${baseUrl()}/v1`;
    },
    get contactCenterUrl() {
      return `${baseUrl()}/contact-center/{region}`;
    },
    get chatUrl() {
      return `${baseUrl()}/`;
    },
    bot: botOf(parts),
    integration: { clientId: world.integration.clientId, clientSecret: world.integration.clientSecret },
    serviceApp: serviceAppOf(parts),
    people: [...world.people.values()]
      .filter(({ type }) => type === 'person')
      .map((person) => simulated(person, tokens.get(person.id) ?? '')),
    organizations: [...world.organizations.values()].map(({ id, displayName }) => ({ id, displayName })),
    rooms: [...world.rooms.values()].map(({ id, title, type }) => ({ id, title, type })),
    now: parts.now,
    followClock: clock.followedBy,
    allowRedirect(uri) {
      if (!world.integration.redirectUris.includes(uri)) world.integration.redirectUris.push(uri);
      store.changed();
    },
    watch(heard) {
      watchers.add(heard);
      return () => watchers.delete(heard);
    },
  };
}

/** Listens, and tells under which address. */
function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The simulator listens on no port'));
      else resolve(`http://localhost:${address.port}`);
    });
  });
}

function botOf(parts: Parts) {
  const bot = parts.world.people.get(parts.world.botId);
  if (bot === undefined) throw new Error('The simulator world has lost its bot');
  return { token: ownTokenOf(parts, bot.id), personId: bot.id, email: bot.email };
}

function serviceAppOf({ world }: Parts) {
  const [app] = world.serviceApps.values();
  if (app === undefined) throw new Error('The simulator world has lost its service app');
  return { clientId: app.clientId, clientSecret: app.clientSecret };
}

function simulated(person: Person, token: string): SimulatedPerson {
  const { email, displayName, id, orgId, administers } = person;
  return { email, displayName, personId: id, token, orgId, administers: [...administers] };
}
