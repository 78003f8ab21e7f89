// Which of several organizations was meant? Asked instead of guessed.

import { lines, md, paragraphs, shorten } from '../markdown.ts';
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

/** `command` is what the choice goes on with; `more` counts the matches that are not among `matches`. */
export function chooseReply(view: {
  readonly command: string;
  readonly typed: string;
  readonly matches: readonly Match[];
  readonly more: number;
}): Reply {
  const matches = view.matches.slice(0, MATCHES_MAX).map(({ id, name }) => ({ value: id, title: shownName(name) }));
  const hidden = view.more + view.matches.length - matches.length;
  const title = 'Which organization do you mean?';
  const found = `Several match “${shorten(view.typed, TYPED_MAX_CHARACTERS)}”.`;
  const more = hidden > 0 ? [`${hidden} more match: type more of the name to see them.`] : [];
  return reply(
    paragraphs([
      md`**${title}** ${found}`,
      lines(matches.map((match) => md`- ${match.title}`)),
      md`${more.join('')} Type **${view.command}** with the whole name.`,
    ]),
    renderCard('choose', {
      title,
      color: 'default',
      texts: [found, ...more],
      choices: matches,
      choiceStyle: 'expanded',
      choiceRequired: true,
      actionSets: actionSets([emphasized(inputsButton('Choose', { action: 'choose', command: view.command }))]),
    }),
  );
}
