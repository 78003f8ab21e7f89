// One gate for all calls of a token: whoever is told to wait (429) makes all others wait too. Webex counts requests by token and host; its limits by route are
// unpublished, so a wait on one route holds for all.

import { createHash } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';

/** How a request ended, as far as it says how many more Webex will take. */
export type GateOutcome = 'answered' | 'failed' | { toldToWaitMs: number };

/** The way through, or how long it stays shut where that is longer than the caller can wait. */
export type Entry = { leave(outcome: GateOutcome): void } | { shutForMs: number };

export interface Gate {
  /**
   * Waits until a request may be sent, at most `leftMs`. Of those who wait, the lowest `ticket` goes first.
   * @throws the signal's reason, where it aborts meanwhile
   */
  enter(caller: { ticket: number; leftMs: number; signal: AbortSignal | undefined }): Promise<Entry>;
}

export interface Gates {
  /** The gate of a token at a host. */
  of(host: string, token: string): Gate;
  /** How many tokens are known now, for tests: only those with a request under way or a wait. */
  count(): number;
}

/** More who wait for one token are turned away, so that memory is bounded. Each comes again later by itself. */
const mostWaiting = 1_000;
/** So many tokens with a wait are remembered; beyond it the oldest wait is forgotten. */
const mostGates = 10_000;
/** After so many requests at the same time have gone well, the gate stands open as before. */
const openFrom = 32;
/** For whoever is turned away because too many wait. */
const turnedAwayMs = 1_000;

interface State {
  /** Nothing is sent before. */
  shutUntilMs: number;
  /** After a wait: how many requests may be under way at once. One at first, and one more after each answer, so that the end of a wait is no new burst. */
  window: number | undefined;
  underWay: number;
  waiting: number;
  /** In the order of their tickets. `wake(true)` gives a place in the window. */
  queue: { ticket: number; wake: (hasPlace: boolean) => void }[];
}

/** The gates of one process. */
export function createGates({ clock }: { clock: Clock }): Gates {
  const states = new Map<string, State>();
  const nowMs = () => clock.now().getTime();

  function stateOf(key: string): State {
    const known = states.get(key);
    if (known) return known;
    const state: State = { shutUntilMs: 0, window: undefined, underWay: 0, waiting: 0, queue: [] };
    states.set(key, state);
    if (states.size > mostGates) forgetOldest();
    return state;
  }

  function forgetOldest(): void {
    for (const [key, { underWay, waiting }] of states) {
      if (underWay > 0 || waiting > 0) continue;
      states.delete(key);
      return;
    }
  }

  function forgetIfIdle(key: string, state: State): void {
    const isIdle = state.underWay === 0 && state.waiting === 0 && state.window === undefined;
    if (isIdle && states.get(key) === state) states.delete(key);
  }

  /** Nobody overtakes those who wait for a place. */
  const hasRoom = ({ window, underWay, shutUntilMs, queue }: State) =>
    shutUntilMs <= nowMs() && (window === undefined || (queue.length === 0 && underWay < window));

  /** Lets in as many as there is room for; where the gate is shut, all wait for its end by the clock. */
  function wakeNext(state: State): void {
    if (state.shutUntilMs > nowMs()) {
      for (const { wake } of state.queue.splice(0)) wake(false);
      return;
    }
    const room = state.window === undefined ? state.queue.length : Math.max(0, state.window - state.underWay);
    for (const { wake } of state.queue.splice(0, room)) {
      state.underWay++;
      wake(true);
    }
  }

  function leave(key: string, state: State, outcome: GateOutcome): void {
    state.underWay--;
    if (typeof outcome === 'object') {
      state.shutUntilMs = Math.max(state.shutUntilMs, nowMs() + outcome.toldToWaitMs);
      state.window = 1;
    } else if (outcome === 'answered' && state.window !== undefined && state.shutUntilMs <= nowMs()) {
      state.window = state.window >= openFrom || isQuiet(state) ? undefined : state.window + 1;
    }
    wakeNext(state);
    forgetIfIdle(key, state);
  }

  /** Nobody waits any more: an answer without a wait shows that Webex takes requests again. */
  const isQuiet = ({ waiting, underWay }: State) => waiting === 0 && underWay === 0;

  async function enter(
    key: string,
    { ticket, leftMs, signal }: { ticket: number; leftMs: number; signal: AbortSignal | undefined },
  ): Promise<Entry> {
    const state = stateOf(key);
    const untilMs = nowMs() + leftMs;
    if (state.waiting >= mostWaiting) {
      return { shutForMs: Math.max(state.shutUntilMs - nowMs(), turnedAwayMs) };
    }
    state.waiting++;
    let hasPlace = false;
    try {
      while (!hasPlace && !hasRoom(state)) {
        const shutForMs = state.shutUntilMs - nowMs();
        if (nowMs() + Math.max(shutForMs, 1) >= untilMs) return { shutForMs: Math.max(shutForMs, turnedAwayMs) };
        if (shutForMs > 0) await clock.sleep(shutForMs, signal);
        else hasPlace = await turnIn(state, ticket, untilMs - nowMs(), signal);
      }
      if (!hasPlace) state.underWay++;
    } finally {
      state.waiting--;
      forgetIfIdle(key, state);
    }
    let hasLeft = false;
    return {
      leave(outcome) {
        if (hasLeft) return;
        hasLeft = true;
        leave(key, state, outcome);
      },
    };
  }

  /** Waits for a place in the window, or until the time is over or the gate is shut. True where it has a place. */
  async function turnIn(
    state: State,
    ticket: number,
    forMs: number,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const over = new AbortController();
    let hasPlace = false;
    const place = {
      ticket,
      wake(given: boolean) {
        hasPlace = given;
        over.abort();
      },
    };
    const behind = state.queue.findIndex((other) => other.ticket > ticket);
    state.queue.splice(behind < 0 ? state.queue.length : behind, 0, place);
    const signals = signal ? [over.signal, signal] : [over.signal];
    try {
      await clock.sleep(forMs, AbortSignal.any(signals));
    } catch (error) {
      if (!over.signal.aborted) throw error;
    } finally {
      state.queue = state.queue.filter((one) => one !== place);
    }
    return hasPlace;
  }

  return {
    of(host, token) {
      // The token itself is kept nowhere.
      const key = `${host} ${createHash('sha256').update(token).digest('base64url')}`;
      return { enter: (caller) => enter(key, caller) };
    },
    count: () => states.size,
  };
}

let lastTicket = 0;

/** A ticket for a new call: calls that came earlier go first, those that are tried again keep their place. */
export function drawTicket(): number {
  lastTicket++;
  return lastTicket;
}
