// The metrics page: what was counted since the process started, and what the store says now. No label grows with organizations, spaces or people.

import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import { isFromInside } from '../http/inside.ts';
import { cachedFor } from '../lib/cached-for.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import { withTimeout } from '../lib/with-timeout.ts';
import type { Log } from '../log.ts';
import type { WebexCall } from '../webex/call.ts';
import { connectionFigures, dueJobs, openEvents, undeliveredNotices, type Waiting } from './figures.store.ts';

export interface MetricsDeps {
  db: Db;
  clock: Clock;
  log: Log;
}

export interface Metrics {
  /** `command` is one of the known names, or `unknown`. */
  countCommand(run: { command: string; outcome: string }): void;
  /** An event was handled; its latency counts from its receipt. */
  countEvent(event: { resource: string; event: string; receivedAt: Date }, outcome: string): void;
  countRefresh(outcome: string): void;
  countProbe(outcome: string): void;
  countWebexCall(call: WebexCall): void;
  countHealedWebhook(how: 'activated' | 'created'): void;
  countCaughtUp(messages: number): void;
  setWebhooks(byState: Readonly<Record<string, number>>): void;
  /** The page, in Prometheus's text format. Where the database does not answer, its figures are left out. */
  page(): Promise<{ contentType: string; text: string }>;
}

const databaseDeadlineMs = 2_000;
/** ConnectionSummary scrapers cost the database one look. */
const rememberMs = 5_000;

/** Webex's own share is at least two calls; what takes longer than a minute went to the job engine. */
const replyBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const callBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];
const eventsKnown = new Set([
  'messages/created',
  'attachmentActions/created',
  'memberships/created',
  'memberships/deleted',
]);

/** Counters of this process, and gauges that ask the database when the page is asked for. */
export function createMetrics({ db, clock, log }: MetricsDeps): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const commands = new Counter({
    name: 'hubkeeper_commands_total',
    help: 'Commands and card clicks that were run, by command and outcome (answered, turned_away, failed).',
    labelNames: ['command', 'outcome'],
    registers,
  });
  const events = new Counter({
    name: 'hubkeeper_events_total',
    help: 'Events of Webex that were handled, by event and outcome.',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const replies = new Histogram({
    name: 'hubkeeper_reply_seconds',
    help: 'From an event being received to its answer standing in the space; answers that were owed and came later are not in it.',
    buckets: replyBuckets,
    registers,
  });
  const refreshes = new Counter({
    name: 'hubkeeper_refreshes_total',
    help: 'Refreshes of grants that were due, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const probes = new Counter({
    name: 'hubkeeper_probes_total',
    help: 'Proofs of life of connections, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const calls = new Histogram({
    name: 'hubkeeper_webex_call_seconds',
    help: 'Calls of Webex by route and outcome (ok, refused, unavailable), over all tries and waits.',
    labelNames: ['method', 'route', 'outcome'],
    buckets: callBuckets,
    registers,
  });
  const retries = new Counter({
    name: 'hubkeeper_webex_retries_total',
    help: 'Further tries that calls of Webex needed.',
    labelNames: ['method', 'route'],
    registers,
  });
  const webhooks = new Gauge({
    name: 'hubkeeper_webhooks',
    help: "Our webhooks by their state at Webex's last answer (active, disabled, missing, elsewhere).",
    labelNames: ['state'],
    registers,
  });
  const healed = new Counter({
    name: 'hubkeeper_webhooks_healed_total',
    help: 'Webhooks that were activated or created again while the service ran.',
    labelNames: ['how'],
    registers,
  });
  const caughtUp = new Counter({
    name: 'hubkeeper_messages_caught_up_total',
    help: 'Messages that no webhook had brought and that were fetched.',
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const databaseUp = gauge('hubkeeper_database_up', 'Whether the database answered this scrape: 1 or 0.');
  const waitingGauges = (subject: string, what: string) => ({
    count: gauge(`hubkeeper_${subject}`, `${what}.`),
    age: gauge(`hubkeeper_${subject}_oldest_seconds`, `${what}: how long the oldest has waited.`),
  });
  const noticesWaiting = waitingGauges('notices_waiting', 'Notices that are owed and not delivered');
  const inboxUnhandled = waitingGauges('inbox_unhandled', 'Events that are saved and not handled');
  const jobsDue = waitingGauges('jobs_due', 'Jobs that are due and not begun');
  const connections = new Gauge({
    name: 'hubkeeper_connections',
    help: 'Organizations by the state of their connection (connected, failing, lost, expired, none).',
    labelNames: ['state'],
    registers,
  });
  const nextDeadline = gauge(
    'hubkeeper_next_deadline_days',
    "Days to the nearest end of a connection's refresh token; absent where nothing is connected.",
  );

  const readFigures = cachedFor({ clock, forMs: rememberMs }, async () => {
    const now = clock.now();
    return {
      notices: await undeliveredNotices(db),
      inbox: await openEvents(db),
      jobs: await dueJobs(db, now),
      connections: await connectionFigures(db, now),
    };
  });

  async function showStore(): Promise<void> {
    const figures = await withTimeout(databaseDeadlineMs, readFigures());
    const now = clock.now();
    const show = ({ count, age }: typeof noticesWaiting, waiting: Waiting) => {
      count.set(waiting.count);
      age.set(waiting.oldestAt ? Math.max(0, (now.getTime() - waiting.oldestAt.getTime()) / 1000) : 0);
    };
    show(noticesWaiting, figures.notices);
    show(inboxUnhandled, figures.inbox);
    show(jobsDue, figures.jobs);
    const { byState, nextDeadlineAt } = figures.connections;
    for (const [state, count] of Object.entries(byState)) connections.set({ state }, count);
    if (nextDeadlineAt) nextDeadline.set((nextDeadlineAt.getTime() - now.getTime()) / dayMs);
    else nextDeadline.remove();
  }

  function hideStore(): void {
    for (const { count, age } of [noticesWaiting, inboxUnhandled, jobsDue]) {
      count.remove();
      age.remove();
    }
    connections.reset();
    nextDeadline.remove();
  }

  return {
    countCommand: ({ command, outcome }) => commands.inc({ command, outcome }),
    countEvent({ resource, event, receivedAt }, outcome) {
      const name = `${resource}/${event}`;
      events.inc({ event: eventsKnown.has(name) ? name : 'other', outcome: outcome.replaceAll(' ', '_') });
      if (outcome === 'answered') replies.observe((clock.now().getTime() - receivedAt.getTime()) / 1000);
    },
    countRefresh: (outcome) => refreshes.inc({ outcome }),
    countProbe: (outcome) => probes.inc({ outcome }),
    countWebexCall({ method, route, outcome, durationMs, tries }) {
      calls.observe({ method, route, outcome }, durationMs / 1000);
      if (tries > 1) retries.inc({ method, route }, tries - 1);
    },
    countHealedWebhook: (how) => healed.inc({ how }),
    countCaughtUp: (messages) => caughtUp.inc(messages),
    setWebhooks(byState) {
      for (const [state, count] of Object.entries(byState)) webhooks.set({ state }, count);
    },
    async page() {
      try {
        await showStore();
        databaseUp.set(1);
      } catch (error) {
        log.warn({ err: error, part: 'metrics' }, 'the database did not give its figures');
        hideStore();
        databaseUp.set(0);
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** For scrapers in our own network; whoever comes through a proxy is told that there is nothing. */
export function metricsRoute({ page }: Pick<Metrics, 'page'>): RequestHandler {
  return async (request, response, next) => {
    if (!isFromInside(request)) return next();
    const { contentType, text } = await page();
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
  };
}
