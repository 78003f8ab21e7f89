// The ways in which Webex can fail, for tables of cases. An answer of 200 says that the call was carried out, so that only its answer is lost there.
import type { Fault } from '../../src/simulator/faults.ts';

interface Failure {
  name: string;
  fault: Pick<Fault, 'kind'> & Partial<Fault>;
}

/** Webex has not done what it was asked. */
export const lostCalls: Failure[] = [
  { name: '429 with Retry-After', fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } },
  { name: '500', fault: { kind: 'status', status: 500 } },
  { name: '502', fault: { kind: 'status', status: 502 } },
  { name: '503', fault: { kind: 'status', status: 503 } },
  { name: 'a reset connection', fault: { kind: 'reset' } },
  { name: 'a hang', fault: { kind: 'hang' } },
];

/** Webex has done what it was asked, and nobody was told. */
export const lostAnswers: Failure[] = [
  ...lostCalls
    .filter(({ fault }) => fault.status !== 429)
    .map(({ name, fault }) => ({ name: `${name}, done`, fault: { ...fault, lost: 'answer' as const } })),
  { name: 'malformed JSON', fault: { kind: 'malformed', lost: 'answer' } },
  { name: 'an empty body', fault: { kind: 'empty', lost: 'answer' } },
];

export const everyFailure = [...lostCalls, ...lostAnswers];
