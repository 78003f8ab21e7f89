// The answers to `cancel` and `replay`: what the request came to, and what to press next.

import { type Button, button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import { sinceWords } from '../lib/time-words.ts';
import type { CancelOutcome } from './cancellation.store.ts';
import { currentStepWords, statusWords, type TransactionView } from './transaction-words.ts';

const TEXT_MAX_CHARACTERS = 400;

/** `transaction` as it is after the request; `next` says what to do next, or null. */
export function cancelMessage(view: {
  readonly transaction: TransactionView;
  readonly outcome: CancelOutcome;
  readonly next: string | null;
  readonly now: Date;
}): CardMessage {
  const { transaction, now } = view;
  const name = named(transaction);
  const steps = stepsButton(transaction);
  const ended = [steps, replayButton(transaction)];
  switch (view.outcome) {
    case 'canceled': {
      const texts = canceledTexts(transaction, view.next);
      return message({ title: `⏹️ ${name} is canceled`, texts, buttons: ended });
    }
    case 'pending': {
      const step = currentStepWords(transaction.steps);
      const text = `The running step ends first${step === null ? '' : ` (${step})`}. Then the transaction is canceled.`;
      return message({ title: `⏳ ${name}: cancellation requested`, texts: [text], buttons: [steps] });
    }
    case 'already_pending': {
      const since = sinceWords(transaction.cancelRequestedAt ?? now, now);
      const who = shownName(transaction.cancelRequestedBy ?? '');
      const text = `${who} requested it ${since}. The transaction is canceled once the running step has ended.`;
      return message({ title: `⏳ ${name}: cancellation was already requested`, texts: [text], buttons: [steps] });
    }
    case 'too_late': {
      const since = sinceWords(transaction.completedAt ?? now, now);
      const text = `It ended ${since}: ${statusWords[transaction.status]}. Nothing was changed.`;
      return message({ title: `${name} has ended already`, texts: [text], buttons: ended });
    }
  }
}

/** What the end means, as the transaction says it itself, and what comes next. */
function canceledTexts({ message, hint }: TransactionView, next: string | null) {
  return [...[message, hint].map((text) => text && shorten(text, TEXT_MAX_CHARACTERS)), next];
}

/** Why a transaction is not run again. */
export function notReplayedMessage(view: {
  readonly transaction: TransactionView;
  readonly why: 'still_open' | 'organization_deleted';
  readonly now: Date;
}): CardMessage {
  const { transaction } = view;
  const steps = stepsButton(transaction);
  if (view.why === 'organization_deleted') {
    return message({
      title: `The organization of ${named(transaction)} was deleted`,
      texts: ['It cannot be replayed. Add the organization again and connect it.'],
      buttons: [steps, button('Add organization', 'add')],
    });
  }
  const since = sinceWords(transaction.submittedAt, view.now);
  return message({
    title: `${named(transaction)} has not ended yet`,
    texts: [`It was requested ${since}. Wait until it ends, or cancel it and then replay it.`],
    buttons: [steps, cancelButton(transaction)],
  });
}

/** A transaction that runs another again. */
export function replayedMessage(transaction: TransactionView): CardMessage {
  const steps = transaction.steps.map(({ title }) => title).join(', ');
  const name = shownName(transaction.organizationName);
  return message({
    title: `▶️ Transaction ${transaction.id} runs transaction ${transaction.replayOf ?? ''} again`,
    texts: [`For ${name}: ${steps}. The tokens are already stored: nobody has to consent again.`],
    buttons: [stepsButton(transaction), cancelButton(transaction)],
  });
}

/** `Transaction 12 (Connect Acme)` */
const named = ({ id, actionTitle, organizationName }: TransactionView): string =>
  `Transaction ${id} (${actionTitle} ${shownName(organizationName)})`;

const stepsButton = ({ id }: TransactionView): Button => button('Steps', 'transaction', { transaction_id: id });

/** Cancel, where that can still be asked for. */
export function cancelButton({ id, completedAt, cancelRequestedBy }: TransactionView): Button | null {
  const isPossible = completedAt === null && cancelRequestedBy === null;
  return isPossible ? button('Cancel', 'cancel', { transaction_id: id }) : null;
}

/** Replay, where there is anything to run again. */
export function replayButton({ id, completedAt, organizationId }: TransactionView): Button | null {
  const isPossible = completedAt !== null && organizationId !== null;
  return isPossible ? button('Replay', 'replay', { transaction_id: id }) : null;
}
