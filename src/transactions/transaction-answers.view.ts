// The answers to `cancel` and `replay`: what became of the wish, and what to press next.

import { actionSets, type Button, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { shorten } from '../lib/text.ts';
import { deadlineWords, distanceWords } from '../lib/time-words.ts';
import type { CancelOutcome } from './transaction.store.ts';
import { actionWords, currentStepWords, statusWords, stepTitle, type TransactionView } from './transaction-words.ts';

const TEXT_MAX_CHARACTERS = 400;

/** `transaction` as it is after the wish; `nextRefreshAt` where its organization is connected. */
export function cancelReply({
  transaction,
  outcome,
  nextRefreshAt,
  now,
}: {
  readonly transaction: TransactionView;
  readonly outcome: CancelOutcome;
  readonly nextRefreshAt: Date | null;
  readonly now: Date;
}): Reply {
  const name = named(transaction);
  const step = currentStepWords(transaction.steps);
  switch (outcome) {
    case 'canceled':
      return answer(`⏹️ ${name} is canceled`, canceledTexts(transaction, nextRefreshAt, now), ended(transaction));
    case 'pending':
      return answer(
        `⏳ ${name} will be canceled`,
        [`A step is running and is not cut off: it ends after that${step === null ? '' : ` (${step})`}.`],
        [stepsButton(transaction)],
      );
    case 'already_pending': {
      const since = transaction.cancelRequestedAt ?? now;
      const who = shownName(transaction.cancelRequestedBy ?? '');
      return answer(
        `⏳ ${name} is to be canceled already`,
        [`${who} asked for that ${distanceWords(since, now)}; it ends once the running step has ended.`],
        [stepsButton(transaction)],
      );
    }
    case 'too_late': {
      const at = transaction.completedAt ?? now;
      return answer(
        `${name} has ended already`,
        [`It ended ${distanceWords(at, now)}: ${statusWords[transaction.status]}. Nothing was changed.`],
        ended(transaction),
      );
    }
  }
}

/** What the end means, as the transaction says it itself; of a refresh, when the next one is. */
function canceledTexts({ action, message, hint }: TransactionView, nextRefreshAt: Date | null, now: Date): string[] {
  const next = action === 'refresh' && nextRefreshAt !== null;
  return [
    ...[message, hint].filter((text) => text !== null).map((text) => shorten(text, TEXT_MAX_CHARACTERS)),
    ...(next ? [`The next refresh is due ${deadlineWords(nextRefreshAt, now)}.`] : []),
  ];
}

/** Why a transaction is not run again. */
export function notReplayedReply({
  transaction,
  why,
  now,
}: {
  readonly transaction: TransactionView;
  readonly why: 'still_open' | 'organization_deleted';
  readonly now: Date;
}): Reply {
  if (why === 'organization_deleted') {
    const hint = 'Nothing is left to run it for. Add the organization again and connect it.';
    const add = submitButton('Add organization', { action: 'add' });
    return answer(`The organization of ${named(transaction)} was deleted`, [hint], [stepsButton(transaction), add]);
  }
  const text = `It was asked for ${distanceWords(transaction.submittedAt, now)}. Wait for its end, or cancel it and then replay it.`;
  return answer(
    `${named(transaction)} has not ended yet`,
    [text],
    [stepsButton(transaction), ...cancelButtons(transaction)],
  );
}

/** A transaction that runs another again. */
export function replayedReply(transaction: TransactionView): Reply {
  const steps = transaction.steps.map(({ name }) => stepTitle(name)).join(', ');
  return answer(
    `▶️ Transaction ${transaction.id} runs transaction ${transaction.replayOf ?? ''} again`,
    [
      `For ${shownName(transaction.organizationName)}: ${steps}. The tokens are stored already, so that nobody has to consent again.`,
    ],
    [stepsButton(transaction), ...cancelButtons(transaction)],
  );
}

/** `Transaction 12 (Connect Acme)` */
const named = ({ id, action, organizationName }: TransactionView): string =>
  `Transaction ${id} (${actionWords[action]} ${shownName(organizationName)})`;

const stepsButton = ({ id }: TransactionView): Button =>
  submitButton('Steps', { action: 'transaction', transaction_id: id });

/** Cancel, where that can still be asked for. */
export function cancelButtons({ id, completedAt, cancelRequestedBy }: TransactionView): Button[] {
  const isPossible = completedAt === null && cancelRequestedBy === null;
  return isPossible ? [submitButton('Cancel', { action: 'cancel', transaction_id: id })] : [];
}

/** Replay, where there is anything to run again. */
export function replayButtons({ id, completedAt, organizationId }: TransactionView): Button[] {
  const isPossible = completedAt !== null && organizationId !== null;
  return isPossible ? [submitButton('Replay', { action: 'replay', transaction_id: id })] : [];
}

const ended = (transaction: TransactionView): Button[] => [stepsButton(transaction), ...replayButtons(transaction)];

function answer(title: string, texts: readonly string[], buttons: readonly Button[]): Reply {
  return reply(
    paragraphs([md`**${title}**`, ...texts.map((text) => md`${text}`)]),
    renderCard('message', { title, color: 'default', texts, actionSets: actionSets(buttons) }),
  );
}
