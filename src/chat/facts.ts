// Titles with values, as a card shows them in a FactSet and Markdown in a list.

import { shorten } from '../lib/text.ts';
import { lines, type Markdown, md } from './markdown.ts';

/** Plain text, not escaped yet: the card's template and `factLines` do that. */
export interface Fact {
  readonly title: string;
  readonly value: string;
}

/** How much of a name written by others a card or a sentence shows. */
export const NAME_MAX_CHARACTERS = 80;

/** A name as it is shown: one line, not longer than a card's line, and never nothing. */
export function shownName(name: string): string {
  return shorten(name, NAME_MAX_CHARACTERS) || '(no name)';
}

/** Facts as a list in Markdown. */
export function factLines(facts: readonly Fact[]): Markdown {
  return lines(facts.map(({ title, value }) => md`- **${title}:** ${value}`));
}
