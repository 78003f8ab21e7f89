// What `admins leaving` answers: what hangs on somebody who leaves, what each organization could do, and how far that is.

import { button, emphasized, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md, paragraphs } from '../chat/markdown.ts';
import { type CardMessage, type FileMessage, message, type TextMessage } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import type { ConnectionView } from '../connections/connection-words.ts';
import { expiryLead } from '../connections/named-connections.view.ts';
import { counted, countedUpTo } from '../lib/text.ts';
import { dateWords } from '../lib/time-words.ts';
import type { MessageFile } from '../webex/messages.ts';

/** One page of the plan; `total` counts what still hangs on the person. */
export function leavingMessage(
  view: ListPage<{
    readonly id: string;
    readonly name: string;
    readonly connection: ConnectionView;
    readonly served: number;
  }> & {
    readonly email: string;
    readonly plan: { readonly total: number; readonly startedBy: string; readonly startedAt: Date };
  },
): CardMessage {
  const { email, plan, rows, total: left, firstNumber, now } = view;
  const [first] = rows;
  const done = Math.max(0, plan.total - left);
  return message({
    ...(left === 0 && { mark: '✅' }),
    title:
      left === 0
        ? `Nothing hangs on ${shownName(email)} any more`
        : `${counted(left, 'organization')} ${left === 1 ? 'hangs' : 'hang'} on ${shownName(email)}`,
    texts: [
      left === 0
        ? null
        : 'Have each reconnect by somebody who stays, before this person leaves, loses the role or changes the password: pass on a link, or have your partner or a service app hold it.',
    ],
    facts: [
      { title: 'Done', value: `${done} of ${plan.total}` },
      { title: 'Planned', value: `by ${shownName(plan.startedBy)}, ${dateWords(plan.startedAt)}` },
    ],
    blocks: [
      {
        kind: 'rows',
        isCounted: true,
        rows: rows.map(({ id, name, connection, served }, index) => ({
          number: firstNumber + index,
          name: shownName(name),
          lead: expiryLead(connection, now),
          ...(served === 0 ? {} : { state: `${countedUpTo(served, 'organization')} more hang on it` }),
          button: button('Link', 'connect', { organization_id: id }),
        })),
      },
    ],
    buttons: [
      first ? emphasized(button('Texts to forward', 'leaving-texts', { grantor_of: first.id })) : null,
      ...(first ? pageButtons(view, 'admins', { leaving: first.id }) : []),
      button('All administrators', 'admins'),
    ],
    typed:
      left === 0 ? undefined : md`Type **connect** with a number for a link. Type this again to see how far it is.`,
  });
}

/** The words beside the file. */
export const leavingTextsMessage = ({
  file,
  count,
  hidden,
}: {
  readonly file: MessageFile;
  readonly count: number;
  readonly hidden: number;
}): FileMessage => ({
  text: paragraphs([
    md`✉️ **${counted(count, 'text')} to forward**, one for each organization, the next to expire first`,
    md`Each holds a link that works once. Pass each on to the administrator of its organization alone: the file is as good as their keys.`,
    hidden > 0 ? md`${hidden} more had no room: ask again once these have reconnected.` : null,
  ]),
  file,
});

/** Nothing is left to be asked for. */
export const noTextsMessage: TextMessage = {
  text: md`No text is needed any more: nothing hangs on that person, or it is not yours to change.`,
};
