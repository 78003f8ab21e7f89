// What `notify` answers: which spaces are notified by labels, and what became of one.

import { button, emphasized, type PagesBeside, pageButtons } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { capitalized, counted, countedUpTo } from '../../lib/text.ts';
import type { LabelSpace } from './label-space.store.ts';

/** `isHere`: it is the space in which this is read. */
export interface LabelSpaceRow extends Omit<LabelSpace, 'path'> {
  readonly isHere: boolean;
  readonly mayChange: boolean;
}

const spaceWords = ({ isHere, title, isLeft }: LabelSpaceRow): string => {
  if (isHere) return 'This space';
  const name = title === null ? 'A group space' : shownName(title);
  return isLeft ? `${name}, from which I was removed: the provider’s administrators are notified` : name;
};

const alreadyToldWords = 'Each organization is notified of in the space where it was added or last connected.';

/** One page of the spaces in sight. */
export function labelSpacesMessage({
  rows,
  ...beside
}: PagesBeside & { readonly rows: readonly LabelSpaceRow[] }): CardMessage {
  const typed = md`Type **notify label** with a word, in the space that is to be notified of all organizations with that label.`;
  if (rows.length === 0) {
    const isFirst = beside.previousPage === undefined;
    return message({
      title: isFirst ? 'No space is notified by a label' : 'There is nothing on this page',
      texts: [alreadyToldWords],
      buttons: [button('Labels', 'label')],
      typed,
    });
  }
  return message({
    title: 'Spaces that are notified by labels',
    blocks: [
      {
        kind: 'rows',
        rows: rows.map((row) => ({
          name: row.label,
          lead: { text: spaceWords(row), tone: row.isLeft ? 'attention' : 'default' },
          state: capitalized(countedUpTo(row.count, 'organization')),
          ...(row.mayChange ? { button: button('End', 'notify', { label: row.label, room_id: row.roomId }) } : {}),
        })),
      },
    ],
    buttons: [...pageButtons(beside, 'notify'), button('Labels', 'label')],
    typed,
  });
}

interface Notified {
  readonly label: string;
  /** The name of the customer at which the space stands. */
  readonly customer: string;
}

const whichWords = ({ label, customer }: Notified): string =>
  `organizations with the label ${label} at ${shownName(customer)} and below`;

/** Many organizations would be told of elsewhere than before. */
export const confirmNotifyMessage = (view: Notified & { readonly moved: number }): CardMessage =>
  message({
    mark: '⚠️',
    title: `This space would be notified of ${counted(view.moved, 'more organization')}`,
    texts: [
      `They are the ${whichWords(view)} that other spaces are notified of now. Warnings, losses and news of them come here, and this space’s settings count for them.`,
    ],
    buttons: [
      emphasized(button('Notify this space', 'notify-by-label', { label: view.label, confirmed: view.moved })),
      button('Who carries it', 'list', { label: view.label }),
    ],
    typed: md`Confirm it with the button on the card. Nothing has changed yet.`,
  });

/** The space is notified of them; `moved` is undefined where it was before. */
export const notifiedMessage = (view: Notified & { readonly moved: number | undefined }): CardMessage =>
  message({
    mark: '✅',
    title:
      view.moved === undefined
        ? `This space is notified by the label ${view.label} already`
        : `This space is notified by the label ${view.label} now`,
    texts: [
      `It is notified of all ${whichWords(view)}, and its settings count for them. Of several spaces the one nearest to the organization is notified.`,
      view.moved === undefined || view.moved === 0
        ? null
        : `${counted(view.moved, 'organization')} came from ${view.moved === 1 ? 'another space' : 'other spaces'}.`,
    ],
    buttons: [button('Who carries it', 'list', { label: view.label }), button('Spaces by label', 'notify')],
    typed: md`Type **notify label ${view.label} off** to end it.`,
  });

/** It is not any more. */
export const notNotifiedMessage = ({ label, moved }: { readonly label: string; readonly moved: number }): CardMessage =>
  message({
    mark: '✅',
    title: `The label ${label} notifies that space no more`,
    texts: [
      moved === 0
        ? 'No organization was notified of there by it.'
        : `${counted(moved, 'organization')} ${moved === 1 ? 'is' : 'are'} notified of elsewhere from now on: ${moved === 1 ? 'where it was' : 'where each was'} added or last connected, or in the space of another label.`,
    ],
    buttons: [button('Spaces by label', 'notify')],
    typed: md`Type **notify label ${label}** in a space to have it notified again.`,
  });
