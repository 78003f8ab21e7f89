// What a subject counts and measures, as plain descriptions: only the metrics page knows who keeps the numbers.

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

/** Values of a metric's labels. None may grow with organizations, spaces or people. */
export type Labels = Readonly<Record<string, string>>;

/** Keeps the numbers of this process. */
export interface Meter {
  count(counter: Counter, labels?: Labels, by?: number): void;
  observe(histogram: Histogram, labels: Labels, seconds: number): void;
  set(gauge: Gauge, labels: Labels, value: number): void;
}

/** One value of a gauge; none stands for a gauge that has no value now. */
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

/** How much of something waits, and since when the oldest of it. */
export interface Waiting {
  count: number;
  oldestAt: Date | undefined;
}

/** A pair of gauges for something that waits: how much of it, and how long the oldest has. */
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
