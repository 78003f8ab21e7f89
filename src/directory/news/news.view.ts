// What a space reads of news, such as licenses that are used up.

import { button } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { counted, shorten } from '../../lib/text.ts';

const WORDS_MAX_CHARACTERS = 200;

/** `rows`: an organization's news together. */
export function directoryNewsMessage(view: {
  readonly rows: readonly { readonly id: string; readonly name: string; readonly words: readonly string[] }[];
  /** How many news are not among them. */
  readonly hidden: number;
}): CardMessage {
  const { rows, hidden } = view;
  const [first] = rows;
  return message({
    mark: '🔔',
    title:
      rows.length === 1 && first
        ? `The licenses of ${shownName(first.name)} have changed`
        : `The licenses of ${rows.length} organizations have changed`,
    texts: [hidden > 0 ? `${counted(hidden, 'more change')} not named here.` : null],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map(({ id, name, words }) => ({
          name: shownName(name),
          state: words.map((sentence) => shorten(sentence, WORDS_MAX_CHARACTERS)).join(' '),
          button: button('Licenses', 'licenses', { organization_id: id }),
        })),
      },
    ],
    buttons: [button('All changes', 'changes')],
    typed: md`Type **licenses** with a name for how much is used.`,
  });
}
