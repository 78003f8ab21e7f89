// The metrics page: what the subjects have counted since the start of the process, and gauges that the database is asked for. It names no metric of a subject.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import { cachedFor } from '../lib/cached-for.ts';
import type { Clock } from '../lib/clock.ts';
import { minuteMs } from '../lib/durations.ts';
import { gauge, type Labels, type Meter, type Metric, type Sample } from '../lib/metrics.ts';
import { withTimeout } from '../lib/with-timeout.ts';
import type { Log } from '../log.ts';

/** Gauges that are read from the database when the page is requested. */
export interface StoreFigures {
  readonly gauges: readonly Metric[];
  read(db: Db, now: Date): Promise<readonly Sample[]>;
}

export interface MetricsOptions {
  metrics: readonly Metric[];
  figures: readonly StoreFigures[];
  db: Db;
  clock: Clock;
  log: Log;
}

export interface Metrics extends Meter {
  /** The page, in Prometheus's text format. Where the database does not answer, its figures are left out. */
  page(): Promise<{ contentType: string; text: string }>;
}

const databaseDeadlineMs = 2_000;
/** Requests within this time cost the database one look. */
const rememberMs = 5_000;

const databaseUp = gauge('hubkeeper_database_up', 'Whether the database answered this scrape: 1 or 0.');

/** Registers all metrics, and makes the page. */
export function createMetrics({ metrics, figures, db, clock, log }: MetricsOptions): Metrics {
  const registry = new Registry();
  addProcessMetrics(registry);
  const storeGauges = figures.flatMap(({ gauges }) => gauges);
  const kept = new Map([databaseUp, ...metrics, ...storeGauges].map((metric) => [metric, keep(registry, metric)]));
  const keptAs = <Kind>(metric: Metric, kind: abstract new (...options: never[]) => Kind): Kind => {
    const found = kept.get(metric);
    if (found instanceof kind) return found;
    throw new Error(`${metric.name} is registered by no feature`);
  };
  const set = (metric: Metric, labels: Labels, value: number) => keptAs(metric, Gauge).set(labels, value);

  const readFigures = cachedFor({ clock, forMs: rememberMs }, async () => {
    const now = clock.now();
    const samples: Sample[] = [];
    for (const { read } of figures) samples.push(...(await read(db, now)));
    return samples;
  });

  function hideStore(): void {
    for (const metric of storeGauges) {
      const shown = keptAs(metric, Gauge);
      if (metric.labels.length > 0) shown.reset();
      else shown.remove();
    }
  }

  return {
    count: (counter, labels = {}, by = 1) => keptAs(counter, Counter).inc(labels, by),
    observe: (histogram, labels, seconds) => keptAs(histogram, Histogram).observe(labels, seconds),
    set,
    async page() {
      try {
        const samples = await withTimeout(databaseDeadlineMs, readFigures());
        for (const { gauge: shown, labels = {}, value } of samples) {
          if (value === undefined) keptAs(shown, Gauge).remove();
          else set(shown, labels, value);
        }
        set(databaseUp, {}, 1);
      } catch (error) {
        log.warn({ err: error, part: 'metrics' }, 'the database did not give its figures');
        hideStore();
        set(databaseUp, {}, 0);
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function keep(registry: Registry, { labels, ...metric }: Metric): Counter | Gauge | Histogram {
  const { name, help } = metric;
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  switch (metric.type) {
    case 'counter':
      return new Counter(options);
    case 'gauge':
      return new Gauge(options);
    case 'histogram':
      return new Histogram({ ...options, buckets: [...metric.buckets] });
  }
}

/** Of the metrics of the event loop's lag, only `nodejs_eventloop_lag_seconds` is kept: the others need a timer each 10 ms. */
function addProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 60 * minuteMs });
  for (const figure of ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99']) {
    registry.removeSingleMetric(`nodejs_eventloop_lag_${figure}_seconds`);
  }
}
