// One call of Webex from its first try to its result: which failures are worth another try, how long to wait, and when to stop trying.

import type { Clock } from '../lib/clock.ts';
import type { WebexRefused, WebexUnavailable } from './errors.ts';
import { backOffMs } from './retry-after.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** How a call ended, for logs and metrics: without ids and queries. */
export interface WebexCall {
  method: Method;
  /** The route as a pattern: `/people/{id}`. */
  route: string;
  outcome: 'ok' | 'refused' | 'unavailable';
  status?: number | undefined;
  /** Over all tries and waits. */
  durationMs: number;
  tries: number;
  trackingId?: string | undefined;
  /** Cisco has switched this API off. */
  switchedOff?: boolean;
}

export interface CallSettings {
  clock: Clock;
  /** For one try, the answer's body included. */
  timeoutMs: number;
  /** For all tries and the waits between them. */
  budgetMs: number;
  /** Called for every call, once it has ended. */
  observe?: ((call: WebexCall) => void) | undefined;
}

export const defaultTimeoutMs = 10_000;
export const defaultBudgetMs = 25_000;

/** How a try ended. */
export type Attempt<T> =
  | { outcome: 'ok'; value: T; status: number; trackingId: string | undefined }
  | { outcome: 'refused'; error: WebexRefused }
  | { outcome: 'unavailable'; error: WebexUnavailable };

/**
 * Tries until Webex answers or refuses, or the next try would exceed `budgetMs`. Between tries it waits as long as Webex asks, else with a growing, jittered
 * back-off. A call that is not `repeatable` is tried again only where Webex surely did nothing: after a lost answer, a second try could post a message twice
 * or spend a one-time code twice.
 *
 * @param attempt makes one try within the given milliseconds and reports failures of Webex instead of throwing them
 * @param call.signal once it aborts nothing more is sent; the answer to a request under way is still read
 * @param call.lastTry once it aborts there is no further try: the call ends as its last try did
 * @throws WebexRefused, or WebexUnavailable with the last try's reason; the signal's reason where it aborted
 */
export async function callWebex<T>(
  settings: CallSettings,
  call: {
    method: Method;
    route: string;
    repeatable: boolean;
    signal: AbortSignal | undefined;
    lastTry?: AbortSignal | undefined;
  },
  attempt: (timeoutMs: number, tries: number) => Promise<Attempt<T>>,
): Promise<T> {
  const { clock, timeoutMs, budgetMs } = settings;
  const startedAtMs = clock.now().getTime();
  for (let tries = 1; ; tries++) {
    call.signal?.throwIfAborted();
    const leftMs = budgetMs - (clock.now().getTime() - startedAtMs);
    const result = await attempt(Math.max(1, Math.min(timeoutMs, leftMs)), tries);
    const mayRepeat = result.outcome === 'unavailable' && (call.repeatable || result.error.untouched);
    if (mayRepeat && !result.error.needsPerson) {
      const waitMs = result.error.retryAfterMs ?? backOffMs(tries);
      const spentMs = clock.now().getTime() - startedAtMs;
      if (spentMs + waitMs < budgetMs && (await waited(clock, waitMs, call))) continue;
    }
    const { status, trackingId } = result.outcome === 'ok' ? result : result.error;
    settings.observe?.({
      method: call.method,
      route: call.route,
      outcome: result.outcome,
      status,
      durationMs: clock.now().getTime() - startedAtMs,
      tries,
      trackingId,
      ...(isSwitchedOff(result) && { switchedOff: true }),
    });
    if (result.outcome === 'ok') return result.value;
    throw result.error;
  }
}

const isSwitchedOff = (result: Attempt<unknown>): boolean =>
  result.outcome === 'unavailable' && result.error.reason === 'switched_off';

/** Whether there may be a further try after the wait. */
async function waited(
  clock: Clock,
  waitMs: number,
  { signal, lastTry }: { signal: AbortSignal | undefined; lastTry?: AbortSignal | undefined },
): Promise<boolean> {
  const signals = [signal, lastTry].filter((one) => one !== undefined);
  try {
    await clock.sleep(waitMs, signals.length > 1 ? AbortSignal.any(signals) : signals[0]);
    return true;
  } catch (error) {
    if (lastTry?.aborted && !signal?.aborted) return false;
    throw error;
  }
}
