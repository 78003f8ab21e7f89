// What a list answers where the page that was asked for lies behind its last one.

import { counted } from '../lib/text.ts';
import type { Actions, PagedAction } from './actions.ts';
import { emphasized, pageButton } from './buttons.ts';
import { type CardMessage, message } from './message.ts';
import { lastPage, type Page } from './pages.ts';

/** Says how many pages there are; its buttons lead to the first and the last one. `inputs` is what the list's own buttons send. */
export function pastEndMessage<Name extends PagedAction>(
  action: Name,
  { page }: Page,
  total: number,
  inputs?: Omit<Actions[Name], 'page'>,
): CardMessage {
  const last = lastPage(total);
  return message({
    isBrief: true,
    title: `There is no page ${page}`,
    texts: [`The list has ${counted(last, 'page')}.`],
    buttons: [
      emphasized(pageButton('First page', action, 1, inputs)),
      last > 1 ? pageButton('Last page', action, last, inputs) : null,
    ],
  });
}
