// What a connect transaction has come to: read from its steps alone.

import type { WordedTransaction } from '../../transactions/workflow-words.ts';

/** Under which connect transactions are stored. */
export const connectAction = 'connect';

/** The step whose end makes the organization connected. */
export const storeStep = 'store_tokens';

/** The step that tries entered tokens at Webex. */
export const proveTokensStep = 'prove_tokens';

type Stepped = Pick<WordedTransaction, 'replayOf' | 'steps'>;

/** Whether this transaction, or the one that it replays, stored the tokens. Then the organization is connected, however the later steps ended. */
export function hasStoredTokens({ replayOf, steps }: Stepped): boolean {
  return replayOf !== null || isDone(steps, storeStep);
}

/** Whether this step of it ended well. */
export const isDone = (steps: Stepped['steps'], step: string): boolean =>
  steps.some(({ name, status }) => name === step && status === 'done');

/**
 * Whether the organization was connected after this transaction had begun, by a newer link or a faster one: then this consent is the older one, and must not
 * take the place of that connection. A lost connection stands in nobody's way.
 */
export function isOvertaken(
  { submittedAt }: { submittedAt: Date },
  standing: { connectedAt: Date; state: string } | undefined,
): boolean {
  return standing !== undefined && standing.state !== 'lost' && standing.connectedAt > submittedAt;
}

/** Whether this transaction began with tokens that were entered on our page. */
export const isOfTokens = ({ steps }: { steps: readonly { name: string }[] }): boolean =>
  steps.some(({ name }) => name === proveTokensStep);
