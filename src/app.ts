// Wires the parts together, starts them in order and stops them in the opposite one. To understand the product, read this and then one flow.

import { deliverNotice } from './chat/deliver-notice.ts';
import { type EventDeps, giveUpEvent, handleEvent, isDirectSpace } from './chat/handle-event.ts';
import { createInbox, type Envelope, envelopeSchema } from './chat/inbox.ts';
import { askUntilAnswered, settleIn } from './chat/join-webex.ts';
import { createPeople } from './chat/people.ts';
import { showProgress } from './chat/show-progress.ts';
import { createSpaces } from './chat/spaces.ts';
import { createSchedules } from './clock/schedules.ts';
import type { EncryptionKey, WebexAccess } from './config.ts';
import { type Changes, createChanges } from './db/changes.ts';
import { openDatabase } from './db/connect.ts';
import type { Db } from './db/database.ts';
import { createJobs, type Jobs } from './db/jobs.ts';
import { createSealer } from './db/seal.ts';
import type { Clock } from './domain/clock.ts';
import { type AdvanceDeps, advanceTransaction } from './flows/advance-transaction.ts';
import { completeConnection } from './flows/complete-connection.ts';
import { openConnectLink } from './flows/open-connect-link.ts';
import { pickUpLost, purgeOld } from './flows/tidy-up.ts';
import { createHttpServer, type HttpDeps } from './http/server.ts';
import { createPathSigner } from './http/signed-path.ts';
import { transactionPath } from './http/transaction-page.ts';
import type { Log } from './log.ts';
import { createWebexClient } from './webex/client.ts';
import { createOAuth } from './webex/oauth.ts';
import { type Person, readMe } from './webex/people.ts';
import { closeProxies } from './webex/proxy.ts';

export interface AppOptions {
  /** 0: any free one. */
  port: number;
  /** Where Webex and browsers reach us, without a trailing slash; undefined: `http://localhost:` and the bound port. */
  publicUrl: string | undefined;
  webex: WebexAccess;
  databaseUrl: string | undefined;
  dataDir: string;
  encryptionKeys: EncryptionKey[];
  /** E-mails of the provider's administrators, lower case. */
  admins: readonly string[];
  /** For one try of a call of Webex, and for all its tries and waits; the client's own by default. */
  webexTimeouts?: { timeoutMs: number; budgetMs: number };
  clock: Clock;
  log: Log;
}

export interface App {
  /** Where browsers reach us. */
  url: string;
  /** In the order clock, HTTP, work in flight, database. Two stops are one. */
  stop(): Promise<void>;
}

/** How long each part may take to end what it is doing. */
const stopDeadlineMs = 10_000;

/**
 * Starts the service; resolves once Webex has told who the bot is, and messages are answered.
 * @throws where the database, the port or the bot's token cannot be used; everything that was started is stopped again
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const stopping = new AbortController();
  /** What to stop, in the order of starting; each is stopped whatever becomes of the others. */
  const started: { part: string; stop: () => Promise<void> }[] = [];
  let stopped: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    stopping.abort(new Error('the service is stopping'));
    for (const { part, stop } of started.reverse()) {
      try {
        await stop();
      } catch (error) {
        log.error({ err: error, part }, 'a part did not stop cleanly');
      }
    }
  }
  const stop = () => (stopped ??= stopAll());

  try {
    const database = await openDatabase({ url: options.databaseUrl, dataDir: options.dataDir, log });
    started.push({ part: 'database', stop: database.close });
    const jobs = createJobs({ database, log });
    const http = createHttpServer(log);
    const port = await http.listen(options.port);
    const url = options.publicUrl ?? `http://localhost:${port}`;
    const changes = createChanges({ database, log });
    const house = furnish(options, { db: database.db, jobs, changes, url });

    http.serve(house.http);
    started.push({ part: 'jobs', stop: () => jobs.stop({ deadlineMs: stopDeadlineMs }) });
    started.push({ part: 'events', stop: house.settled });
    started.push({ part: 'http', stop: () => http.close(stopDeadlineMs) });

    // What follows needs to know who the bot is. Events that arrive meanwhile are saved and wait.
    await house.join(stopping.signal);
    await jobs.start();
    await house.inbox.sweep({ ignoreHolds: database.driver === 'pglite' });
    const schedules = createSchedules({ schedules: house.schedules, log });
    schedules.start();
    started.push({ part: 'clock', stop: schedules.stop });
    await house.settleIn(stopping.signal);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes every part that needs the store, the job engine and our own address. Nothing is started and nothing is asked here. */
function furnish(
  options: AppOptions,
  { db, jobs, changes, url }: { db: Db; jobs: Jobs; changes: Changes; url: string },
) {
  const { clock, log, webex } = options;
  const sealer = createSealer(options.encryptionKeys);
  const webexOptions = { baseUrl: webex.apiUrl, clock, ...options.webexTimeouts };
  const bot = createWebexClient({ ...webexOptions, accessToken: webex.botToken });
  const oauth = createOAuth({ ...webex, ...webexOptions, redirectUri: `${url}/oauth/callback` });
  const paths = createPathSigner({ secrets: options.encryptionKeys.map(({ key }) => key), clock });
  const identity = createIdentity();
  const pathOf = (transaction: { id: number; submittedAt: Date }) => transactionPath(paths, transaction);
  const shared = { db, sealer, jobs, clock, log, bot, oauth, publicUrl: url };

  const events: EventDeps = {
    ...shared,
    transactionUrl: (transaction) => url + pathOf(transaction),
    botPersonId: () => identity.get().id,
    botName: () => identity.get().displayName ?? 'Hubkeeper',
    isAdmin: (email) => options.admins.includes(email),
    isDirect: (roomId) => isDirectSpace(db, roomId),
    people: createPeople(shared),
    spaces: createSpaces({ ...webex, publicUrl: url, log }),
  };
  // A job that was taken over, or took too long, sends nothing more: whoever runs it next does.
  const eventsUntil = (signal: AbortSignal): EventDeps => ({ ...events, bot: bot.until(signal) });
  const advanceUntil = (signal: AbortSignal): AdvanceDeps => ({
    ...shared,
    clientId: webex.clientId,
    oauth: { exchangeCode: (request) => oauth.exchangeCode({ ...request, signal }) },
    connectAs: (accessToken, proxy) => createWebexClient({ ...webexOptions, accessToken, proxy }).until(signal),
  });
  const inbox = createInbox({
    ...shared,
    async handle(event, signal) {
      await identity.known;
      return handleEvent(signal ? eventsUntil(signal) : events, event);
    },
    giveUp: (event, error) => giveUpEvent(events, event, error),
  });
  const underWay = trackWork(log);

  jobs.work('inbox', { concurrency: 10 }, ({ eventId }, { signal, lastAttempt }) =>
    inbox.retry({ eventId, lastAttempt, signal }),
  );
  jobs.work('transaction', { concurrency: 10 }, ({ transactionId }, { signal, lastAttempt }) =>
    advanceTransaction(advanceUntil(signal), { transactionId, lastAttempt }),
  );
  jobs.work('progress', { concurrency: 5 }, (job, { signal }) => showProgress(eventsUntil(signal), job));
  jobs.work('notice', { concurrency: 10 }, (job, { signal }) => deliverNotice(eventsUntil(signal), job));

  async function accept(envelope: Envelope): Promise<void> {
    const handle = await inbox.accept(envelope);
    if (handle) underWay.follow(handle());
  }

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
    } satisfies HttpDeps,
    schedules: [
      { job: 'sweep inbox', pattern: '* * * * *', run: () => inbox.sweep() },
      { job: 'pick up lost work', pattern: '17 * * * *', run: () => pickUpLost(shared) },
      { job: 'purge old events', pattern: '41 3 * * *', run: () => purgeOld(shared) },
    ],
    async join(signal: AbortSignal) {
      identity.set(await askUntilAnswered({ clock, log }, () => readMe(bot), signal));
    },
    settleIn: (signal: AbortSignal) =>
      askUntilAnswered(
        { clock, log },
        () => settleIn({ ...shared, webhookSecret: webex.webhookSecret, accept }, identity.get()),
        signal,
      ),
    /** Waits for the events that are being handled, then lets go of Webex. */
    async settled() {
      await underWay.settled();
      await events.spaces.stop();
      await closeProxies();
    },
  };
}

/** Who the bot is: not known before Webex has answered once. */
function createIdentity() {
  let me: Person | undefined;
  let tell = () => {};
  const known = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    known,
    set(person: Person) {
      me = person;
      tell();
    },
    get(): Person {
      if (!me) throw new Error('the bot was asked for before Webex had said who it is');
      return me;
    },
  };
}

/** Remembers work that nobody awaits, so that a stop can. */
function trackWork(log: Log) {
  const running = new Set<Promise<void>>();
  return {
    follow(work: Promise<void>) {
      const followed = work
        .catch((error: unknown) => log.error({ err: error }, 'an event was left to be taken over'))
        .finally(() => running.delete(followed));
      running.add(followed);
    },
    settled: () => Promise.all(running).then(() => undefined),
  };
}
