// Which of several organizations was meant? Asked instead of guessed.

import { actionSets, emphasized, inputsButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { lines, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { shorten } from '../lib/text.ts';

export interface Match {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  /** The UUID that Control Hub shows; it tells organizations of the same name apart. */
  readonly account_number_external: string;
}

/** How many organizations a card offers to choose from. */
export const MATCHES_MAX = 10;
const TYPED_MAX_CHARACTERS = 60;

/** `command` is what the choice goes on with, and `keep` what it sends along; `typed` is empty where nothing was named; `hasMore` tells of matches left out. */
export function chooseReply(view: {
  readonly command: string;
  readonly keep?: Readonly<Record<string, string | number>>;
  readonly typed: string;
  readonly matches: readonly Match[];
  readonly hasMore: boolean;
}): Reply {
  const matches = view.matches.slice(0, MATCHES_MAX).map((match, _, shown) => ({
    value: match.id,
    title: distinctName(match, shown),
  }));
  const title = 'Which organization do you mean?';
  const typed = shorten(view.typed, TYPED_MAX_CHARACTERS);
  const found = typed === '' ? [] : [`ConnectionSummary match “${typed}”.`];
  const hasMore = view.hasMore || view.matches.length > matches.length;
  const more = hasMore ? ['There are more: type more of the name to find the others.'] : [];
  return reply(
    paragraphs([
      md`**${title}** ${found.join('')}`,
      lines(matches.map((match) => md`- ${match.title}`)),
      md`${more.join('')} Type **${view.command}** with the whole name, or with the Webex id.`,
    ]),
    renderCard('choose', {
      title,
      color: 'default',
      texts: [...found, ...more],
      choices: matches,
      choiceStyle: 'expanded',
      choiceRequired: true,
      actionSets: actionSets([
        emphasized(inputsButton('Choose', { ...view.keep, action: 'choose', command: view.command })),
      ]),
    }),
  );
}

/** The name, with the Webex organization's UUID where another match is shown under the same name. */
function distinctName({ id, name, account_number_external }: Match, all: readonly Match[]): string {
  const shown = shownName(name);
  const isShared = all.some((other) => other.id !== id && shownName(other.name) === shown);
  return isShared ? `${shown} (${account_number_external})` : shown;
}
