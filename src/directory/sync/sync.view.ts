// What people read of a sync: that it cannot start, how it ended, and that scheduled ones fail.

import type { Answer } from '../../chat/answer.ts';
import { button, emphasized, linkButton } from '../../chat/buttons.ts';
import { type Fact, shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { counted, inARow, shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import type { AnyKind } from '../kind.ts';
import type { StartSyncResult } from './start-sync.ts';
import { kindWords, unreadableWords } from './sync-rules.ts';

const TEXT_MAX_CHARACTERS = 400;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The answer to whoever starts a sync; undefined where the message of its progress is the answer. `leftOut`: what it does not read since the full sync does not. */
export function startAnswer(
  result: StartSyncResult,
  {
    organization,
    kinds,
    leftOut = [],
  }: { organization: Named; kinds: readonly AnyKind[]; leftOut?: readonly AnyKind[] },
): Answer | undefined {
  switch (result.outcome) {
    case 'started':
      return leftOut.length === 0 ? undefined : { content: leftOutMessage({ organization, leftOut }) };
    case 'running':
      return { content: syncRunsMessage({ organization, transactionId: result.transactionId }) };
    case 'unreadable':
      return { content: unreadableMessage({ organization, why: result.why, kinds }) };
    case 'gone':
      return { content: deletedMessage };
  }
}

/** What its full sync leaves out is read where somebody names it. */
export const leftOutMessage = (view: { organization: Named; leftOut: readonly AnyKind[] }): CardMessage => {
  const { organization, leftOut } = view;
  const about = { organization_id: organization.id };
  return message({
    title: `This sync of ${shownName(organization.name)} leaves out ${inARow(leftOut.map(kindWords))}`,
    texts: ['So does its full sync.'],
    buttons: [
      button('Sync these too', 'sync', { ...about, kinds: leftOut.map(({ kind }) => kind).join(' ') }),
      button('Schedules', 'schedules', about),
    ],
    typed: md`Type **sync** with the name and **all** to read everything.`,
  });
};

/** One sync of an organization at a time. */
export const syncRunsMessage = (view: { organization: Named; transactionId: number }): CardMessage =>
  message({
    title: `${shownName(view.organization.name)} is being synced already`,
    texts: ['One sync of an organization runs at a time. Wait until it ends, or cancel it.'],
    buttons: [
      emphasized(button('Steps', 'transaction', { transaction_id: view.transactionId })),
      button('Cancel', 'cancel', { transaction_id: view.transactionId }),
    ],
    typed: md`Type **transaction ${view.transactionId}** for its steps.`,
  });

/** Nothing can be read. */
export function unreadableMessage(view: {
  organization: Named;
  why: Parameters<typeof unreadableWords>[0];
  kinds: readonly AnyKind[];
}): CardMessage {
  const { organization, why, kinds } = view;
  const about = { organization_id: organization.id };
  const canConnect = why === 'not_connected' || why === 'lost' || why === 'not_granted';
  return message({
    mark: '⚠️',
    title: `${shownName(organization.name)} cannot be synced`,
    texts: [unreadableWords(why, shownName(organization.name), kinds)],
    buttons: [
      canConnect ? emphasized(button(why === 'not_connected' ? 'Connect' : 'Reconnect', 'connect', about)) : null,
      why === 'not_granted' ? button('Edit', 'edit', about) : null,
      why === 'switched_off' ? emphasized(button('Edit', 'edit', about)) : null,
      button('Show', 'show', about),
    ],
  });
}

/** How a sync ended that somebody asked for. */
export function syncResultMessage(view: {
  readonly transactionId: number;
  readonly organization: { readonly id: string | null; readonly name: string };
  readonly title: string;
  readonly isDone: boolean;
  /** What was read, by kind. */
  readonly facts: readonly Fact[];
  /** Something is otherwise than at the sync before. */
  readonly hasChanges: boolean;
  /** The calling behaviour was not applied. */
  readonly leavesCalling: boolean;
  /** Why it failed, and what to do. */
  readonly texts: readonly (string | null)[];
  readonly pageUrl: string;
}): CardMessage {
  const { transactionId, organization, isDone } = view;
  const about = organization.id === null ? null : { organization_id: organization.id };
  return message({
    mark: isDone ? '✅' : '❌',
    title: view.title,
    texts: view.texts.map((text) => text && shorten(text, TEXT_MAX_CHARACTERS)),
    facts: view.facts,
    buttons: [
      about && button('Show', 'show', about),
      about && view.hasChanges ? button('Changes', 'changes', about) : null,
      about && view.leavesCalling ? button('Calling behaviour', 'calling', about) : null,
      isDone ? null : button('Replay', 'replay', { transaction_id: transactionId }),
      button('Steps', 'transaction', { transaction_id: transactionId }),
      about && button('Schedules', 'schedules', about),
      linkButton('Live page', view.pageUrl),
    ],
    typed: md`Type **transaction ${transactionId}** for its steps.`,
  });
}

/** Scheduled syncs fail. They are told once, until one has succeeded again. */
export function syncsFailedMessage(view: {
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    readonly words: string | null;
    readonly ranAt: Date | null;
    readonly transactionId: number | null;
  }[];
  readonly total: number;
  readonly now: Date;
}): CardMessage {
  const { rows, total, now } = view;
  const hidden = total - rows.length;
  return message({
    mark: '⚠️',
    title: total === 1 ? 'A scheduled sync fails' : `Scheduled syncs of ${total} organizations fail`,
    texts: [
      'What was read before stays. Each is tried again when it is next due, and I say nothing more of it until it has succeeded.',
      hidden > 0 ? `${counted(hidden, 'more organization')} not named here.` : null,
    ],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map(({ id, name, words, ranAt, transactionId }) => ({
          name: shownName(name),
          state: [words && shorten(words, TEXT_MAX_CHARACTERS), ranAt && sinceDeadlineWords(ranAt, now)]
            .filter((part) => part !== null)
            .join(' '),
          button:
            transactionId === null
              ? button('Schedules', 'schedules', { organization_id: id })
              : button('Steps', 'transaction', { transaction_id: transactionId }),
        })),
      },
    ],
    buttons: [button('All schedules', 'schedules')],
    typed: md`Type **schedules** with a name for when it runs again.`,
  });
}
