// Which part gets which: everything that runs is made here, from the options and what `app.ts` has opened.

import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { deadLetterEvent, type EventDeps, foregoneOutcome, handleEvent, isDirectSpace } from './chat/handle-event.ts';
import { createIdentity } from './chat/identity.ts';
import { createInbox, type Envelope, envelopeSchema, type NewEvent } from './chat/inbox.ts';
import { createPeople } from './chat/people.ts';
import type { EncryptionKey, WebexAccess } from './config.ts';
import { completeConnection } from './connections/connect/complete-connection.ts';
import { openConnectLink } from './connections/connect/open-link.ts';
import { dueRefreshes } from './connections/connection.store.ts';
import { enqueueDue } from './connections/enqueue-due.ts';
import { lookForNewNeeds, notifyNewNeeds } from './connections/notify-missing-scopes.ts';
import { notifyFindings } from './connections/probe/notify-findings.ts';
import { dueProbes } from './connections/probe/probe.store.ts';
import { type ProbeDeps, probeConnection } from './connections/probe/probe-connection.ts';
import { refreshConnection } from './connections/refresh/refresh-connection.ts';
import { trackRefreshes } from './connections/refresh/refreshes-in-flight.ts';
import type { Database, Db } from './db/database.ts';
import type { Pulse } from './db/jobs/heartbeat.ts';
import type { Jobs } from './db/jobs/jobs.ts';
import { createSealer } from './db/seal/seal.ts';
import { notifySpace, notifySpaces } from './deadlines/notify-spaces.ts';
import type { HttpDeps } from './http/server.ts';
import { createPathSigner } from './http/signed-path.ts';
import type { Clock } from './lib/clock.ts';
import { trackWork } from './lib/in-flight.ts';
import { withTimeout } from './lib/with-timeout.ts';
import type { Log } from './log.ts';
import { deliverNotice } from './notices/deliver-notice.ts';
import { dueJobs } from './operations/figures.store.ts';
import { createReadiness, type Vitals } from './operations/health.ts';
import { purgeExpired, requeueOrphans } from './operations/maintenance.ts';
import { createMetrics } from './operations/metrics.ts';
import { createSpaces } from './spaces/framework.ts';
import { createWebhookWatch } from './spaces/webhook-watch.ts';
import { type AdvanceDeps, advanceTransaction } from './transactions/advance-transaction.ts';
import type { Changes } from './transactions/changes.ts';
import { showProgress } from './transactions/show-progress.ts';
import { transactionPath } from './transactions/transaction-page.route.ts';
import { askUntilAnswered, unlessAborted } from './webex/ask-until-answered.ts';
import { createWebexClient } from './webex/client.ts';
import { WebexRefused } from './webex/errors.ts';
import { createOAuth } from './webex/oauth.ts';
import { readMe } from './webex/people.ts';
import { closeProxies } from './webex/proxy.ts';

/** Refreshes at Webex at a time in this process. */
const defaultRefreshConcurrency = 20;
/** How many jobs of such it fetches ahead: what a fetch costs grows with what waits. */
const refreshesAhead = 100;

export interface AppOptions {
  /** 0: any free one. */
  port: number;
  /** Where Webex and browsers reach us, without a trailing slash; undefined: `http://localhost:` and the bound port. */
  publicUrl: string | undefined;
  webex: WebexAccess;
  /** In place of the contact center's own base URL; see `webex/contact-center`. */
  contactCenterUrl?: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** One that is open already, and stays open when the app stops; by default the app opens that of `databaseUrl` or `dataDir`, and closes it. */
  database?: Database | undefined;
  encryptionKeys: EncryptionKey[];
  /** E-mails of the provider's administrators, lower case. */
  admins: readonly string[];
  /** A Croner pattern: when to look for due refreshes. */
  refreshSchedule: string;
  /** A Croner pattern: when to look for deadlines. */
  expirySchedule: string;
  /** For one try of a call of Webex, and for all its tries and waits; the client's own by default. */
  webexTimeouts?: { timeoutMs: number; budgetMs: number };
  /** How many grants are refreshed at the same time; what the bench shows best by default. */
  refreshConcurrency?: number;
  /** When to look after our webhooks, as a Croner pattern; by default once a minute, at a second of this process's own. */
  webhookPattern?: string;
  /** Gives a start up that is still under way; `startApp` rejects with its reason. */
  signal?: AbortSignal;
  clock: Clock;
  log: Log;
}

/** What a stop keeps of the time to end events or jobs in, to let go of those that do not end. */
export const cutOffMs = 1_000;

/** What is opened before anything else can be made. */
export interface Foundations {
  db: Db;
  jobs: Jobs;
  pulse: Pulse;
  changes: Changes;
  url: string;
  /** Aborts when the service stops. */
  shutdownSignal: AbortSignal;
}

/** Makes every part that needs the store, the job engine and our own address, and says which job and which schedule runs what. Nothing is started and nothing is asked here. */
export function wire(options: AppOptions, { db, jobs, pulse, changes, url, shutdownSignal }: Foundations) {
  const { clock, log, webex, refreshConcurrency = defaultRefreshConcurrency } = options;
  const sealer = createSealer(options.encryptionKeys);
  const metrics = createMetrics({ db, clock, log });
  const webexOptions = { baseUrl: webex.apiUrl, clock, ...options.webexTimeouts, observe: metrics.countWebexCall };
  const bot = createWebexClient({ ...webexOptions, accessToken: webex.botToken });
  const oauth = createOAuth({ ...webex, ...webexOptions, redirectUri: `${url}/oauth/callback` });
  const paths = createPathSigner({ secrets: options.encryptionKeys.map(({ key }) => key), clock });
  const identity = createIdentity();
  const pathOf = (transaction: { id: number; submittedAt: Date }) => transactionPath(paths, transaction);
  const refreshes = trackRefreshes(shutdownSignal);
  const shared = { db, sealer, jobs, clock, log, bot, oauth, refreshes, publicUrl: url, admins: options.admins };

  /** Aborts when a stop can wait no longer for the events that are being handled. */
  const cutOff = new AbortController();
  // Each event that waits for its next try listens to it.
  setMaxListeners(0, cutOff.signal);
  const events: EventDeps = {
    ...shared,
    bot: bot.until(cutOff.signal),
    transactionUrl: (transaction) => url + pathOf(transaction),
    botPersonId: () => identity.get().id,
    botName: () => identity.get().displayName ?? 'Hubkeeper',
    admins: options.admins,
    isAdmin: (email) => options.admins.includes(email),
    isDirect: (roomId) => isDirectSpace(db, roomId),
    people: createPeople(shared),
    spaces: createSpaces({ ...webex, publicUrl: url, log, timeoutMs: options.webexTimeouts?.budgetMs }),
    observe: metrics.countCommand,
  };
  // A job that was taken over, or took too long, sends nothing more: whoever runs it next does.
  const eventsUntil = (signal: AbortSignal): EventDeps => ({ ...events, bot: bot.until(signal) });
  const handling = (event: NewEvent, deps: EventDeps): EventDeps => ({
    ...deps,
    log: log.child({ eventId: event.id }),
  });
  const advanceUntil = (signal: AbortSignal): AdvanceDeps => ({
    ...shared,
    clientId: webex.clientId,
    oauth: { exchangeCode: (request) => oauth.exchangeCode({ ...request, signal }) },
    connectAs: (accessToken, proxy) => createWebexClient({ ...webexOptions, accessToken, proxy }).until(signal),
  });
  const probeUntil = (signal: AbortSignal): ProbeDeps => ({
    ...shared,
    contactCenterUrl: options.contactCenterUrl,
    connectAs: (accessToken, proxy, baseUrl = webex.apiUrl) =>
      createWebexClient({ ...webexOptions, baseUrl, accessToken, proxy }).until(signal),
  });
  const inbox = createInbox({
    ...shared,
    foregone: (event) => (identity.isKnown() ? foregoneOutcome(identity.get().id, event) : undefined),
    async handle(event, signal) {
      if (!identity.isKnown()) await unlessAborted(shutdownSignal, identity.known);
      return handleEvent(handling(event, signal ? eventsUntil(signal) : events), event);
    },
    giveUp: (event, error) => deadLetterEvent(handling(event, events), event, error),
    observe: metrics.countEvent,
  });
  const underWay = trackWork(log);

  jobs.work('inbox', { concurrency: 10 }, ({ eventId }, { signal, lastAttempt }) =>
    inbox.retry({ eventId, lastAttempt, signal }),
  );
  // Never cut off: the answer may hold the only copy of a grant.
  // As many again are claimed or saved meanwhile, so that Webex need not wait for the store.
  const refreshing = { concurrency: 2 * refreshConcurrency, ahead: refreshesAhead, shutdownSignal };
  const inTurn = pLimit(refreshConcurrency);
  jobs.work('refresh', refreshing, async ({ organizationId }) => {
    const { outcome } = await refreshConnection(shared, { organizationId, reason: 'due', inTurn });
    metrics.countRefresh(outcome);
  });
  jobs.work('probe', { concurrency: 5 }, async (job, { signal }) => {
    metrics.countProbe(await probeConnection(probeUntil(signal), job));
  });
  jobs.work('findings', { concurrency: 2 }, (job) => notifyFindings(shared, job));
  jobs.work('scopes', { concurrency: 1 }, () => notifyNewNeeds(shared));
  jobs.work('transaction', { concurrency: 10 }, ({ transactionId }, { signal, lastAttempt }) =>
    advanceTransaction(advanceUntil(signal), { transactionId, lastAttempt }),
  );
  jobs.work('progress', { concurrency: 5 }, (job, { signal }) => showProgress(eventsUntil(signal), job));
  jobs.work('tell', { concurrency: 2 }, (job) => notifySpace(shared, job));
  jobs.work('notice', { concurrency: 10 }, (job, { signal }) => deliverNotice(eventsUntil(signal), job));

  const looking = { ...shared, shutdownSignal };
  let lastRefreshRunAt: Date | undefined;
  async function lookForRefreshes(): Promise<void> {
    await enqueueDue(looking, 'refresh', dueRefreshes);
    lastRefreshRunAt = clock.now();
  }

  async function lookForProbes(): Promise<void> {
    await enqueueDue(looking, 'probe', dueProbes);
  }

  let lastEventAt: Date | undefined;
  async function accept(envelope: Envelope): Promise<void> {
    lastEventAt = clock.now();
    const handle = await inbox.accept(envelope);
    if (handle) underWay.follow(handle());
  }

  const staying = bot.until(shutdownSignal);
  const webhooks = createWebhookWatch({
    ...shared,
    bot: staying,
    webhookSecret: webex.webhookSecret,
    botPersonId: events.botPersonId,
    shutdownSignal,
    async take(envelope) {
      const handle = await inbox.accept(envelope);
      await handle?.();
      return handle !== undefined;
    },
    observe: metrics,
  });
  const vitals: Vitals = {
    oldestDueJobAt: async () => (await dueJobs(db, clock.now())).oldestAt,
    jobsSilentMs: pulse.silentMs,
    webhooks: webhooks.standing,
    botIsKnown: identity.isKnown,
    lastEventAt: () => lastEventAt,
    lastRefreshRunAt: () => lastRefreshRunAt,
  };

  return {
    inbox,
    http: {
      ...shared,
      paths,
      changes,
      webhookSecret: webex.webhookSecret,
      async receiveEvent(body) {
        const envelope = envelopeSchema.safeParse(body);
        if (!envelope.success) return 'malformed';
        await accept(envelope.data);
        return 'accepted';
      },
      openLink: (input) => openConnectLink(shared, input),
      completeConnection: (input) => completeConnection(shared, input),
      transactionPath: pathOf,
      readiness: createReadiness({ vitals, clock, log }),
      metrics,
    } satisfies HttpDeps,
    schedules: [
      { job: 'look for due refreshes', pattern: options.refreshSchedule, run: lookForRefreshes },
      { job: 'look for deadlines', pattern: options.expirySchedule, run: () => notifySpaces(shared) },
      { job: 'look for due proofs of life', pattern: options.refreshSchedule, run: lookForProbes },
      { job: 'sweep inbox', pattern: '* * * * *', run: () => inbox.sweep() },
      // Replicas look at different seconds.
      { job: 'webhooks', pattern: options.webhookPattern ?? `${randomInt(60)} * * * * *`, run: webhooks.check },
      { job: 'pick up lost work', pattern: '17 * * * *', run: () => requeueOrphans(shared) },
      { job: 'delete what is old', pattern: '41 3 * * *', run: () => purgeExpired(shared) },
    ],
    async join() {
      try {
        identity.set(await askUntilAnswered({ clock, log }, () => readMe(staying), shutdownSignal));
      } catch (error) {
        if (!(error instanceof WebexRefused)) throw error;
        throw new Error(`WEBEX_BOT_TOKEN cannot be used: ${error.message}`, { cause: error });
      }
    },
    async settleIn() {
      await lookForNewNeeds(shared);
      await askUntilAnswered({ clock, log }, webhooks.settleIn, shutdownSignal);
      // What was missed meanwhile is asked for and answered beside what is said now.
      underWay.follow(webhooks.check());
    },
    /** Resolves once no refresh is under way: none is ever cut off. */
    refreshesSettled: refreshes.settled,
    /** Waits for the events that are being handled, cuts off those that do not end in time, then lets go of Webex. */
    async settled(deadlineMs: number) {
      const handled = withTimeout(Math.max(0, deadlineMs - cutOffMs), underWay.settled());
      try {
        await handled;
      } catch (error) {
        cutOff.abort(error);
        await inbox.letGo();
        throw error;
      } finally {
        await events.spaces.stop();
        await closeProxies();
      }
    },
  };
}
