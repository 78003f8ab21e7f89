// Titles with values, and names as they are shown.

import { shorten } from '../lib/text.ts';

/** Plain text, not escaped yet: what renders the message does that. */
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

/** A fact, or nothing where there is no value to say. */
export function fact(title: string, value: string | null | undefined): Fact | null {
  return value ? { title, value } : null;
}
