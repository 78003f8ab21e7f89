// Time as a part that tests replace: rules take `now: Date`, parts that wait take a Clock, and only main.ts makes the real one.

export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
