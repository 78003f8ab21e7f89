// Makes the parts of one running service, and ties what the features declare to them. It names no feature.

import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { AppOptions } from './app-options.ts';
import { isOverheard, isSpaceOverheard } from './chat/audience.ts';
import { createDirectRooms } from './chat/direct-rooms.ts';
import { foregoneOutcome, handleEvent } from './chat/handle-event.ts';
import { createIdentity } from './chat/identity.ts';
import { createInbox } from './chat/inbox.ts';
import { createPeople } from './chat/people.ts';
import { isDirectSpace } from './chat/space.store.ts';
import { createStrangers } from './chat/strangers.ts';
import type { Database, Db } from './db/database.ts';
import type { Jobs } from './db/jobs/jobs.ts';
import { createSealer } from './db/seal/seal.ts';
import { bindSealer } from './db/store-sealer.ts';
import type { Feature } from './feature.ts';
import type { EventStreams } from './http/event-streams.ts';
import { createPathSigner } from './http/signed-path.ts';
import { trackInFlight } from './lib/in-flight.ts';
import { deadLetterEvent } from './notices/answer-event.ts';
import { createMetrics } from './operations/metrics.ts';
import type { Parts } from './parts.ts';
import { registryOf } from './registry.ts';
import { settingsOfReader } from './settings/settings.store.ts';
import { resolveDecided } from './settings/settings.ts';
import type { Changes } from './transactions/changes.ts';
import { askUntilAnswered } from './webex/ask-until-answered.ts';
import type { WebexCall } from './webex/call.ts';
import { countCall } from './webex/call-metrics.ts';
import { createWebexClient } from './webex/client.ts';
import { WebexRefused } from './webex/errors.ts';
import { createGates } from './webex/gate.ts';
import { createOAuth } from './webex/oauth.ts';
import { noteOddReplies } from './webex/odd-replies.ts';
import { readMe } from './webex/people.ts';
import { createWebexClock } from './webex/webex-clock.ts';

/** How many grants a process refreshes at the same time. The bench shows this number best. */
const defaultRefreshConcurrency = 20;

/** What is opened before anything else can be made. */
export interface Foundations {
  db: Db;
  /** As of `Database`. */
  vacuum: Database['vacuum'];
  jobs: Jobs;
  changes: Changes;
  streams: EventStreams;
  url: string;
  /** Aborts when the service stops. */
  shutdownSignal: AbortSignal;
  /** Aborts when a stop has waited long enough for the events that are being handled: from then on they ask Webex nothing more. */
  cutOffSignal: AbortSignal;
}

/** Makes every part. Nothing is started and nothing is asked here. */
export function wire(options: AppOptions, features: readonly Feature[], foundations: Foundations) {
  const { clock, log, webex } = options;
  const { db, jobs, url, shutdownSignal, cutOffSignal } = foundations;
  // Every event and every refresh that waits for its next try adds a listener.
  setMaxListeners(0, shutdownSignal, cutOffSignal);
  const { metrics, figures, ...registry } = registryOf(features);
  const meter = createMetrics({ metrics, figures, db, clock, log });
  const observe = (call: WebexCall) => {
    countCall(meter, call);
    for (const { webexCalls } of features) webexCalls?.(parts, call);
  };
  const calls = {
    ...options.webexTimeouts,
    clock,
    observe,
    onOdd: noteOddReplies({ log, meter }),
    gates: createGates({ clock }),
  };
  const webexClock = createWebexClock({ clock, log });
  const bot = createWebexClient({
    ...calls,
    baseUrl: webex.apiUrl,
    accessToken: webex.botToken,
    heard: webexClock.hear,
  });
  const identity = createIdentity();
  const strangers = createStrangers({ db, clock });

  const inFlight = trackInFlight();
  const inbox = createInbox({
    ...{ db, jobs, clock, log, meter, inFlight, shutdownSignal, cutOffSignal },
    isSilenced: strangers.isSilenced,
    foregone: (event) => (identity.isKnown() ? foregoneOutcome(identity.get().id, event) : undefined),
    async handle(event, signal = cutOffSignal) {
      if (!identity.isKnown()) await identity.knownUnless(shutdownSignal);
      const own = { ...partsUntil(parts, signal), log: log.child({ eventId: event.id }) };
      return handleEvent(own, handlers, event);
    },
    deadLetter: (event, error) => deadLetterEvent(parts, event, error),
  });
  const sealer = createSealer(options.encryptionKeys);
  bindSealer(db, sealer);
  const parts: Parts = {
    ...options,
    ...foundations,
    ...registry,
    ...{ bot, inbox, meter, webexClock },
    publicUrl: url,
    clientId: webex.clientId,
    contactCenterUrl: options.contactCenterUrl,
    provider: options.provider ?? { name: undefined, contact: undefined },
    sealer,
    oauth: createOAuth({ ...webex, ...calls, redirectUri: `${url}/oauth/callback` }),
    connectAs: (accessToken, proxy, baseUrl = webex.apiUrl) =>
      createWebexClient({ ...calls, baseUrl, accessToken, proxy }),
    paths: createPathSigner({ secrets: options.encryptionKeys.map(({ key }) => key), clock }),
    botPersonId: () => identity.get().id,
    botOrgId: () => identity.get().orgId ?? '',
    botName: () => identity.get().displayName ?? 'Hubkeeper',
    botIsKnown: identity.isKnown,
    people: createPeople({ db, bot, clock, admins: options.admins }),
    strangers,
    isOverheard: (roomId) => isOverheard(parts, roomId),
    isSpaceOverheard: (known) => isSpaceOverheard(parts, known),
    directRooms: createDirectRooms({ db, bot, clock }),
    isDirect: (roomId) => isDirectSpace(db, roomId),
    timeZoneOf: async (reader) => (await settingsOfReader(db, reader)).time_zone,
    timeZoneAt: (roomId, { customer, decided }) => resolveDecided(decided, { roomId, path: customer.path }).time_zone,
    inFlight,
    uninterrupted: trackInFlight(),
    schedules: {
      refresh: options.refreshSchedule,
      expiry: options.expirySchedule,
      // Replicas look at different seconds.
      webhooks: options.webhookPattern ?? `${randomInt(60)} * * * * *`,
    },
    refreshConcurrency: options.refreshConcurrency ?? defaultRefreshConcurrency,
  };
  const handlers = features.flatMap(({ events }) => events?.(parts) ?? []);
  bindJobs(parts, features);

  return {
    parts,
    routes: features
      .flatMap(({ routes = [] }) => routes)
      .map(({ handle, ...route }) => ({ ...route, handlers: [handle(parts)].flat() })),
    schedules: features
      .flatMap(({ schedules = [] }) => schedules)
      .map(({ job, pattern, run }) => ({
        job,
        pattern: typeof pattern === 'string' ? pattern : pattern(parts),
        run: () => run(parts),
      })),
    /** Asks Webex who the bot is, until Webex answers. @throws where Webex does not know the bot's token */
    async join() {
      try {
        identity.set(await askUntilAnswered({ clock, log }, () => readMe(bot.until(shutdownSignal)), shutdownSignal));
      } catch (error) {
        if (!(error instanceof WebexRefused)) throw error;
        throw new Error(`WEBEX_BOT_TOKEN cannot be used: ${error.message}`, { cause: error });
      }
    },
  };
}

/** Has this process run the features' jobs. A job that took too long, or that another process took over, asks Webex nothing more: its next run does. */
function bindJobs(parts: Parts, features: readonly Feature[]): void {
  const { jobs, shutdownSignal } = parts;
  for (const job of features.flatMap((feature) => feature.jobs ?? [])) {
    const { name, run, ahead, isUninterrupted = false } = job;
    const concurrency = typeof job.concurrency === 'number' ? job.concurrency : job.concurrency(parts);
    const options = { concurrency, ahead, ...((isUninterrupted || ahead !== undefined) && { shutdownSignal }) };
    jobs.work(name, options, async (data, context) => {
      await run(isUninterrupted ? parts : partsUntil(parts, context.signal), data as never, context);
    });
  }
}

/** The parts for one event or job: once `signal` aborts, they ask Webex nothing more. Only a refresh goes on, since it is never cut off. */
function partsUntil(parts: Parts, signal: AbortSignal): Parts {
  const { bot, connectAs, oauth } = parts;
  return {
    ...parts,
    bot: bot.until(signal),
    connectAs: (...access) => connectAs(...access).until(signal),
    oauth: { ...oauth, exchangeCode: (request) => oauth.exchangeCode({ ...request, signal }) },
  };
}
