// The load: Ada asks `list` again and again, and each answer is timed from the sending of the event to the moment at which Webex takes the reply.

import { setTimeout as sleep } from 'node:timers/promises';
import type { LeanWebex } from './lean-webex.ts';

export interface Load {
  count: number;
  /** How many commands are unanswered at any time; each in a space of its own. */
  concurrency: number;
  /** For each call of Webex. */
  latencyMs: number;
  /** Stands in every right answer; a wrong one ends the load with an error. */
  expected: string;
}

export interface LoadResult {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  perSecond: number;
  callsPerCommand: number;
}

/** After this time an answer counts as missing. */
const PATIENCE_MS = 30_000;
/** The time for the calls that a bot still makes after its answer. */
const AFTERMATH_MS = 500;

export async function runLoad(
  webex: LeanWebex,
  { count, concurrency, latencyMs, expected }: Load,
): Promise<LoadResult> {
  const tookMs: number[] = [];
  const waiting = new Map<string, (markdown: string) => void>();
  let answers = 0;
  webex.onBotMessage(({ roomId, markdown }) => {
    answers++;
    waiting.get(roomId)?.(markdown);
  });
  webex.setLatencyMs(latencyMs);

  async function ask(roomId: string): Promise<void> {
    const answered = new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
      waiting.set(roomId, (markdown) => {
        clearTimeout(timer);
        resolve(markdown);
      });
    });
    const askedAtMs = performance.now();
    webex.say(roomId, 'list');
    const markdown = await answered;
    tookMs.push(performance.now() - askedAtMs);
    waiting.delete(roomId);
    if (!markdown.includes(expected)) throw new Error(`an answer without "${expected}": ${markdown.slice(0, 200)}`);
  }

  let left = count;
  async function lane(roomId: string): Promise<void> {
    try {
      while (left-- > 0) await ask(roomId);
    } catch (error) {
      left = 0;
      throw error;
    }
  }

  const callsBefore = webex.calls();
  const startedAtMs = performance.now();
  // Waits for all of them, so that a load that failed does not run on into the next.
  const lanes = await Promise.allSettled(webex.roomIds.slice(0, concurrency).map(lane));
  const durationMs = performance.now() - startedAtMs;
  const failed = lanes.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  await sleep(AFTERMATH_MS + 2 * latencyMs);
  webex.setLatencyMs(0);
  if (answers !== count) throw new Error(`${answers} answers to ${count} commands`);

  tookMs.sort((a, b) => a - b);
  const percentile = (share: number) => tookMs[Math.ceil(share * tookMs.length) - 1] ?? Number.NaN;
  return {
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
    maxMs: percentile(1),
    perSecond: (count / durationMs) * 1000,
    callsPerCommand: (webex.calls() - callsBefore) / count,
  };
}
