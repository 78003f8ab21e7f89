// Descriptions of what a subject counts and measures. The metrics page keeps the numbers.

/** One that only grows: `hubkeeper_…_total`. */
export interface Counter {
  readonly type: 'counter';
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Durations in seconds, sorted into buckets by their upper bounds. */
export interface Histogram {
  readonly type: 'histogram';
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets: readonly number[];
}

/** A number as it stands. */
export interface Gauge {
  readonly type: 'gauge';
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

export type Metric = Counter | Histogram | Gauge;

/** Values of a metric's labels. Their number must not grow with organizations, spaces or people. */
export type Labels = Readonly<Record<string, string>>;

/** Keeps the numbers of this process. */
export interface Meter {
  count(counter: Counter, labels?: Labels, by?: number): void;
  observe(histogram: Histogram, labels: Labels, seconds: number): void;
  set(gauge: Gauge, labels: Labels, value: number): void;
}

/** One value of a gauge; undefined where the gauge has none now. */
export interface Sample {
  readonly gauge: Gauge;
  readonly labels?: Labels;
  readonly value: number | undefined;
}

export const counter = (name: string, help: string, labels: readonly string[] = []): Counter => ({
  type: 'counter',
  name,
  help,
  labels,
});

export const histogram = (
  name: string,
  help: string,
  { labels = [], buckets }: { labels?: readonly string[]; buckets: readonly number[] },
): Histogram => ({ type: 'histogram', name, help, labels, buckets });

export const gauge = (name: string, help: string, labels: readonly string[] = []): Gauge => ({
  type: 'gauge',
  name,
  help,
  labels,
});

/** How many of something wait, and since when the oldest waits. */
export interface Waiting {
  count: number;
  oldestAt: Date | undefined;
}

/** Two gauges for something that waits: how many, and for how long the oldest has waited. */
export function waitingGauges(subject: string, what: string) {
  const count = gauge(`hubkeeper_${subject}`, `${what}.`);
  const age = gauge(`hubkeeper_${subject}_oldest_seconds`, `${what}: how long the oldest has waited.`);
  return {
    gauges: [count, age],
    samples: ({ count: value, oldestAt }: Waiting, now: Date): Sample[] => [
      { gauge: count, value },
      { gauge: age, value: oldestAt ? Math.max(0, (now.getTime() - oldestAt.getTime()) / 1000) : 0 },
    ],
  };
}
