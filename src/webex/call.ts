// One call of Webex from its first try to its result: which failures are worth another try, how long to wait, and when to stop trying.

import type { Clock } from '../lib/clock.ts';
import { type WebexRefused, WebexUnavailable } from './errors.ts';
import { drawTicket, type Entry, type Gate } from './gate.ts';
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
  /** Through which every request goes; none by default. */
  gate?: Gate | undefined;
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
 * back-off. While somebody with the same token was told to wait, nothing is sent. A call that is not `repeatable` is tried again only where Webex surely did nothing: after a lost answer, a second try could post a message twice
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
  const ticket = drawTicket();
  for (let tries = 1; ; tries++) {
    call.signal?.throwIfAborted();
    const leftMs = () => budgetMs - (clock.now().getTime() - startedAtMs);
    const entry = await settings.gate?.enter({ ticket, leftMs: leftMs(), signal: call.signal });
    const result: Attempt<T> =
      entry && 'shutForMs' in entry
        ? notAsked(`${call.method} ${call.route}`, entry.shutForMs)
        : await passing(entry, call.signal, () => attempt(Math.max(1, Math.min(timeoutMs, leftMs())), tries), tries);
    const mayRepeat = result.outcome === 'unavailable' && (call.repeatable || result.error.untouched);
    if (mayRepeat && !result.error.needsPerson) {
      const waitMs = waitAfter(result.error, tries);
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

/** The same answer each time, so that the gate and the caller wait alike. */
const waits = new WeakMap<WebexUnavailable, number>();
function waitAfter(error: WebexUnavailable, tries: number): number {
  const waitMs = error.retryAfterMs ?? waits.get(error) ?? backOffMs(tries);
  waits.set(error, waitMs);
  return waitMs;
}

/** Makes one try through the gate, and tells the gate how it ended. */
async function passing<T>(
  entry: Exclude<Entry, { shutForMs: number }> | undefined,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Attempt<T>>,
  tries: number,
): Promise<Attempt<T>> {
  try {
    signal?.throwIfAborted();
    const result = await attempt();
    if (result.outcome !== 'unavailable') entry?.leave('answered');
    else if (result.error.status === 429) entry?.leave({ toldToWaitMs: waitAfter(result.error, tries) });
    return result;
  } finally {
    entry?.leave('failed');
  }
}

/** Somebody with the same token was told to wait for longer than this call can. */
const notAsked = (route: string, retryAfterMs: number): Attempt<never> => ({
  outcome: 'unavailable',
  error: new WebexUnavailable(`Webex has asked us to wait before ${route}.`, {
    reason: 'rate_limited',
    route,
    retryAfterMs,
    untouched: true,
  }),
});

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
