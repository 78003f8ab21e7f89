// Which of several organizations was meant? Asked instead of guessed.

import { shorten } from '../../domain/text.ts';
import { lines, md, paragraphs } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, emphasized, inputsButton } from './buttons.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';

export interface Match {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
}

const MATCHES_MAX = 10;
const TYPED_MAX_CHARACTERS = 60;

/** `command` is what the choice goes on with; `typed` is empty where nothing was named; `hasMore` tells of matches left out. */
export function chooseReply(view: {
  readonly command: string;
  readonly typed: string;
  readonly matches: readonly Match[];
  readonly hasMore: boolean;
}): Reply {
  const matches = view.matches.slice(0, MATCHES_MAX).map(({ id, name }) => ({ value: id, title: shownName(name) }));
  const title = 'Which organization do you mean?';
  const typed = shorten(view.typed, TYPED_MAX_CHARACTERS);
  const found = typed === '' ? [] : [`Several match “${typed}”.`];
  const hasMore = view.hasMore || view.matches.length > matches.length;
  const more = hasMore ? ['There are more: type more of the name to find the others.'] : [];
  return reply(
    paragraphs([
      md`**${title}** ${found.join('')}`,
      lines(matches.map((match) => md`- ${match.title}`)),
      md`${more.join('')} Type **${view.command}** with the whole name.`,
    ]),
    renderCard('choose', {
      title,
      color: 'default',
      texts: [...found, ...more],
      choices: matches,
      choiceStyle: 'expanded',
      choiceRequired: true,
      actionSets: actionSets([emphasized(inputsButton('Choose', { action: 'choose', command: view.command }))]),
    }),
  );
}
