// Webex's own clock, as the `Date` header of its answers tells it (RFC 9110, section 6.6.1): the age of a message is measured on the clock that dated it.

import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';

/** A header has whole seconds, and an answer takes its time: a smaller difference means nothing. */
const leastMs = 2_000;
/** A difference worth telling the operator. */
const wrongMs = 60_000;
/** An answer that took longer does not say when it was dated. */
const longestAnswerMs = 10_000;
/** The middle of so many counts: a single answer may come from a cache. */
const samples = 5;

/** When one answer came, by our clock, and when Webex dated it. */
export interface DatedAnswer {
  sentAt: Date;
  receivedAt: Date;
  /** The `Date` header. */
  date: string | undefined;
}

export interface WebexClock {
  /** What time it is at Webex. Our own time, until Webex has answered. */
  now(): Date;
  /** An instant of our clock, on Webex's. */
  at(ours: Date): Date;
  /** How far our clock is ahead of Webex's, in milliseconds; below zero where it is behind. Undefined until Webex has answered. */
  aheadMs(): number | undefined;
  hear(answer: DatedAnswer): void;
}

/** Logs when our clock differs by more than a minute, and when it no longer does. */
export function createWebexClock({ clock, log }: { clock: Pick<Clock, 'now'>; log: Log }): WebexClock {
  let heard: number[] = [];
  let wasWrong = false;

  function aheadMs(): number | undefined {
    if (heard.length === 0) return undefined;
    const middle = heard.toSorted((a, b) => a - b)[Math.floor((heard.length - 1) / 2)] ?? 0;
    return Math.abs(middle) < leastMs ? 0 : middle;
  }

  const at = (ours: Date) => new Date(ours.getTime() - (aheadMs() ?? 0));

  function judge(): void {
    const ahead = aheadMs() ?? 0;
    const isWrong = isClockWrong(ahead);
    if (isWrong === wasWrong) return;
    wasWrong = isWrong;
    const words = `${Math.abs(Math.round(ahead / 1000))} seconds ${ahead > 0 ? 'ahead of' : 'behind'}`;
    if (isWrong) log.error({ part: 'clock' }, `the clock of this machine is ${words} that of Webex: set it right`);
    else log.info({ part: 'clock' }, 'the clock of this machine agrees with that of Webex again');
  }

  return {
    at,
    now: () => at(clock.now()),
    aheadMs,
    hear({ sentAt, receivedAt, date }) {
      const datedMs = date === undefined ? Number.NaN : Date.parse(date);
      const tookMs = receivedAt.getTime() - sentAt.getTime();
      if (Number.isNaN(datedMs) || tookMs < 0 || tookMs > longestAnswerMs) return;
      // Half a second is what the header leaves out on average.
      heard = [...heard, sentAt.getTime() + tookMs / 2 - datedMs - 500].slice(-samples);
      judge();
    },
  };
}

/** Whether a difference is worth telling. */
export const isClockWrong = (aheadMs: number): boolean => Math.abs(aheadMs) > wrongMs;
