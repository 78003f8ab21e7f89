// Which of several customers was meant? Asked instead of guessed.

import type { ActionName } from '../chat/actions.ts';
import { button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { failureMessage } from '../chat/refusals.ts';
import { shorten } from '../lib/text.ts';

/** How many customers a card offers to choose from. */
export const MATCHES_MAX = 10;
const TYPED_MAX_CHARACTERS = 60;
const CHOICE_MAX_CHARACTERS = 120;

/** The choice continues `command` with `keep`. `isGuess`: no name holds what was typed. `name` of a choice is its path of names. */
export function chooseCustomerMessage(view: {
  readonly command: ActionName;
  readonly keep: Readonly<Record<string, string | number>>;
  readonly input: string;
  readonly typed: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly isGuess: boolean;
}): CardMessage {
  const typed = shorten(view.typed, TYPED_MAX_CHARACTERS);
  const shown = view.choices.slice(0, MATCHES_MAX);
  const hasMore = view.choices.length > shown.length;
  const several = typed === '' ? undefined : `Several match “${typed}”.`;
  return message({
    title: view.isGuess ? `No customer matches “${typed}”` : 'Which customer do you mean?',
    lead: view.isGuess ? 'Did you mean one of these?' : several,
    texts: [hasMore ? 'There are more: type more of the name to find the others.' : null],
    blocks: [
      {
        kind: 'choices',
        pick: { id: view.input, label: 'Customer', ask: 'Choose a customer' },
        choices: shown.map(({ id, name }) => ({
          value: id,
          title: shorten(name, CHOICE_MAX_CHARACTERS) || '(no name)',
        })),
      },
    ],
    buttons: [
      emphasized(inputsButton('Choose', 'choose', { ...view.keep, command: view.command })),
      button('All customers', 'customers'),
    ],
    typed: md`Type the whole name, or the names from above down with a slash between them.`,
  });
}

/** No customer in scope is called what was typed. */
export const customerNotFoundMessage = ({ typed }: { readonly typed: string }): CardMessage =>
  message({
    isBrief: true,
    title: `No customer matches “${shownName(shorten(typed, TYPED_MAX_CHARACTERS))}”`,
    texts: ['The list shows all that you may see here.'],
    buttons: [button('All customers', 'customers')],
    typed: md`Type **customers** for all, or **customers add** with a name.`,
  });

/** The customer of a card is gone, or out of scope. */
export const customerGoneMessage = failureMessage({
  what: 'That customer does not exist any more.',
  hint: 'Type customers to see the others.',
});
