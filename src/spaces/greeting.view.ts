// The card that greets a space when the bot is added to it.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { addressing } from '../chat/help.view.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';

/** Says what the bot is for, and how to talk to it in this kind of space. */
export function greetingMessage(view: { readonly isGroup: boolean; readonly botName: string }): CardMessage {
  return message({
    title: `Hello, I am ${shownName(view.botName)}.`,
    texts: [
      'I keep your customers’ Webex organizations connected: add one, pass on its connect link, and I say here when its roles and licenses are synced and when its tokens expire.',
      addressing(view),
    ],
    buttons: [
      emphasized(button('Add organization', 'add')),
      button('List organizations', 'list'),
      button('Help', 'help'),
    ],
    typed: md`Begin with **add**, **list** or **help**.`,
  });
}
