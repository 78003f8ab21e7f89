// A message with a title that says how it stands, a few sentences, facts and buttons: the shape of most of what a space is told.

import { actionSets, type Button } from './buttons.ts';
import { reply } from './compose.ts';
import { type Fact, factLines } from './facts.ts';
import { md, paragraphs } from './markdown.ts';
import { renderCard } from './render.ts';
import type { Reply } from './reply.ts';

const colors: Readonly<Record<string, 'good' | 'attention' | 'warning'>> = {
  '✅': 'good',
  '❌': 'attention',
  '🚨': 'attention',
  '⚠️': 'warning',
};

/** The mark decides the title's color. */
export function message(view: {
  readonly mark: string;
  readonly title: string;
  readonly texts: readonly string[];
  readonly facts: readonly Fact[];
  readonly buttons: readonly Button[];
}): Reply {
  const { mark, title, texts, facts, buttons } = view;
  return reply(
    paragraphs([
      md`${mark} **${title}**`,
      ...texts.map((text) => md`${text}`),
      facts.length > 0 ? factLines(facts) : null,
    ]),
    renderCard('result', {
      title: `${mark} ${title}`,
      color: colors[mark] ?? 'default',
      texts,
      facts,
      actionSets: actionSets(buttons),
    }),
  );
}
