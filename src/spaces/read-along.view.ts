// Who may read along in a group space: what the space reads when that is changed, and when somebody from outside joins.

import { button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';

/** The answer to `read-along`. */
export function readAlongMessage({ isAllowed, by }: { readonly isAllowed: boolean; readonly by: string }): CardMessage {
  if (isAllowed) {
    return message({
      mark: '👥',
      title: 'Everybody in this space may read along',
      texts: [
        `${shownName(by)} has confirmed it. I answer here again, and say here what happens to this space’s organizations.`,
      ],
      buttons: [directly],
      typed: md`Type **read-along off** to have me answer administrators directly.`,
    });
  }
  return message({
    title: 'I answer administrators directly again',
    texts: ['This holds while people of other Webex organizations are in this space.'],
    buttons: [allow],
    typed: md`Type **read-along** to let everybody read along.`,
  });
}

/** `name` of another Webex organization has joined the space. */
export function outsiderJoinedMessage(view: { readonly name: string; readonly mayReadAlong: boolean }): CardMessage {
  const { mayReadAlong } = view;
  return message({
    mark: '⚠️',
    title: `${shownName(view.name)} of another Webex organization has joined this space`,
    texts: [
      mayReadAlong
        ? 'Everybody here may read along, as an administrator has confirmed. Older messages can be read too.'
        : 'From now on I answer administrators directly, unless one of them lets everybody here read along. Older messages can be read.',
    ],
    buttons: [mayReadAlong ? directly : allow],
    typed: mayReadAlong
      ? md`Type **read-along off** to have me answer administrators directly.`
      : md`Type **read-along** to let everybody read along.`,
  });
}

const allow = button('Let everybody read along', 'read-along', { allow: 'yes' });
const directly = button('Answer directly', 'read-along', { allow: 'no' });
