// The one card that a space gets when the bot is added to it.

import { actionSets, emphasized, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { addressing } from '../chat/help.view.ts';
import { md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';

/** Says what the bot is for, and how to talk to it in this kind of space. */
export function greetingReply(view: { readonly isGroup: boolean; readonly botName: string }): Reply {
  const title = `Hello, I am ${shownName(view.botName)}.`;
  const purpose =
    'I keep your customers’ Webex organizations connected: add one, pass on its connect link, and I say here when its roles and licenses are synced and when its tokens expire.';
  const how = addressing(view);
  return reply(
    paragraphs([md`**${title}**`, md`${purpose}`, md`Begin with **add**, **list** or **help**. ${how}`]),
    renderCard('message', {
      title,
      color: 'default',
      texts: [purpose, how],
      actionSets: actionSets([
        emphasized(submitButton('Add organization', { action: 'add' })),
        submitButton('List organizations', { action: 'list' }),
        submitButton('Help', { action: 'help' }),
      ]),
    }),
  );
}
