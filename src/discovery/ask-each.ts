// Asks Webex about many organizations in a job, one after the other. Where Webex is away, the job ends, and the next one goes on later. Where it has no
// sensible answer for one alone, that one is passed over, so that it keeps nobody behind it waiting.

import { minuteMs } from '../lib/durations.ts';
import { type UnavailableReason, WebexUnavailable } from '../webex/errors.ts';

/** How long the next job waits at least. */
const leastWaitMs = 5 * minuteMs;
/** So many in a row without a sensible answer are an outage of Webex, and no fault of these. */
const mostInARow = 3;
/** So many jobs begin with the same one. Then it is passed over, whatever the others do. */
const mostTries = 12;

/** An answer of Webex that may be about the one organization that was asked for. Everything else says that Webex is away. */
const mayBeOfOne = ['malformed', 'server_error'] as const satisfies UnavailableReason[];
type NoAnswer = (typeof mayBeOfOne)[number];

/** `tries`: how many jobs have begun with the item with which the next one begins. */
export interface Wait {
  waitMs: number;
  tries: number;
}

/**
 * Asks for each in order, and has each settled in order, with its answer or with why there is none. Returns how long the next job is to wait, where Webex is
 * away: what was not settled by then is asked for again.
 * @param tries how many jobs have begun with the first item before
 */
export async function askEach<Item, Result>(
  items: readonly Item[],
  {
    tries,
    ask,
    settle,
  }: {
    tries: number;
    ask(item: Item): Promise<Result>;
    settle(item: Item, answer: { result: Result } | { noAnswer: NoAnswer }): void | Promise<void>;
  },
): Promise<Wait | undefined> {
  const passed: { item: Item; noAnswer: NoAnswer }[] = [];
  let isAnswered = false;
  const passOver = async (count: number) => {
    for (const { item, noAnswer } of passed.splice(0, count)) await settle(item, { noAnswer });
  };
  const later = (error: WebexUnavailable, triesSoFar: number): Wait => ({
    waitMs: Math.max(leastWaitMs, error.retryAfterMs ?? 0),
    tries: triesSoFar,
  });
  for (const [index, item] of items.entries()) {
    try {
      const result = await ask(item);
      await passOver(passed.length);
      await settle(item, { result });
      isAnswered = true;
    } catch (error) {
      // An API that Cisco has switched off does not come back: the job ends with its tries.
      if (!(error instanceof WebexUnavailable) || error.reason === 'switched_off') throw error;
      const noAnswer = mayBeOfOne.find((reason) => reason === error.reason);
      if (noAnswer === undefined) return later(error, isAnswered ? 0 : tries);
      passed.push({ item, noAnswer });
      const isLast = index === items.length - 1;
      if (passed.length < mostInARow && !(isLast && !isAnswered)) continue;
      if (isAnswered) return later(error, 1);
      if (tries + 1 < mostTries) return later(error, tries + 1);
      await passOver(1);
      if (passed.length > 0) return later(error, 0);
    }
  }
  await passOver(passed.length);
  return undefined;
}
