// Failures on demand: which calls of the REST API go wrong next, how, and how many did.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { seededRandom } from './random.ts';

export const NewFault = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', '*']).default('*'),
  /** The route as OpenAPI writes it, such as `/messages/{messageId}`; any name may stand in the braces. `*` is every route. */
  route: z.string().regex(/^(\*|\/.*)$/, 'must begin with / or be *'),
  /** E-mail of the one whose calls it hits, by their token; absent: everybody's. */
  by: z.string().optional(),
  /** How many calls it hits. */
  times: z.number().int().min(1).default(1),
  /** The share of the calls that it hits, up to `times`, as a random of its own decides that follows from `seed`. */
  share: z.number().gt(0).max(1).default(1),
  seed: z.number().int().default(1),
  /** `slow`: all goes well, but the answer takes `delayMs`, or until the faults are forgotten. */
  kind: z.enum(['status', 'reset', 'hang', 'malformed', 'empty', 'slow']),
  /** For kind `status`. */
  status: z.number().int().min(400).max(599).default(503),
  delayMs: z.number().int().min(0).max(60_000).default(1_000),
  retryAfterSeconds: z.number().int().min(0).optional(),
  /** `answer`: the call is carried out and only its answer is lost. */
  lost: z.enum(['call', 'answer']).default('call'),
});

export interface Fault extends z.output<typeof NewFault> {
  id: string;
  /** How many calls it has hit. */
  hits: number;
}

export interface Faults {
  plan(fault: z.output<typeof NewFault>): Fault;
  planned(): readonly Fault[];
  /** Forgets them all; answers that a slow one keeps back go out at once. */
  clear(): void;
  /** Ends when the answer that a slow fault hit may go out. */
  kept(fault: Fault): Promise<void>;
  /** The fault that hits this call, counted; undefined where the call goes well. */
  next(call: { method: string; route: string; by: string | undefined }): Fault | undefined;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let forgotten = new AbortController();
  const randoms = new Map<string, () => number>();
  return {
    plan(planned) {
      const fault = { ...planned, id: randomUUID(), hits: 0 };
      faults.push(fault);
      randoms.set(fault.id, seededRandom(fault.seed));
      return fault;
    },
    planned: () => faults,
    clear() {
      faults = [];
      randoms.clear();
      forgotten.abort();
      forgotten = new AbortController();
    },
    async kept(fault) {
      if (!faults.includes(fault)) return;
      const { signal } = forgotten;
      await sleep(fault.delayMs, undefined, { ref: false, signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
    next({ method, route, by }) {
      const fault = faults.find(
        (one) =>
          one.hits < one.times &&
          (one.method === '*' || one.method === method) &&
          (one.by === undefined || one.by === by) &&
          (one.route === '*' || unnamed(one.route) === unnamed(route)) &&
          (one.share === 1 || (randoms.get(one.id)?.() ?? 1) < one.share),
      );
      if (fault !== undefined) fault.hits++;
      return fault;
    },
  };
}

const unnamed = (route: string) => route.replaceAll(/\{[^}]*\}/g, '{}');
