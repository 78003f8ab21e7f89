// Small parts of texts: text that others wrote, cut to one line, and counted things. Nothing is escaped here: whoever shows a text escapes it.

/**
 * One line of plain text: line breaks and runs of spaces become one space; control characters, halves of surrogate
 * pairs and the marks that turn the direction of the text around them (which could disguise a sentence of ours) go.
 */
export function plain(text: string): string {
  // Nearly every text is plain already: one look at it costs a quarter of the three changes.
  if (!NOT_PLAIN.test(text)) return text;
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
}

/** A character that goes, or a space that is not one alone between words. */
const NOT_PLAIN = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|\s\s|^\s|\s$|[^\S ]/u;

/** `1 role`, `12 roles`; the plural is given where it does not end in s alone. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `roles`, `roles and licenses`, `roles, licenses and people` */
export function inARow(words: readonly string[]): string {
  const [last = '', ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}

/** How many are counted at most: beyond it a number is `more than` this. */
export const COUNTED_MAX = 1000;

/** `3`, `3 organizations`, `more than 1000 organizations`: of what is counted up to one more than `COUNTED_MAX`. */
export function countedUpTo(count: number, noun?: string): string {
  const isMore = count > COUNTED_MAX;
  const number = isMore ? `more than ${COUNTED_MAX}` : String(count);
  if (noun === undefined) return number;
  return isMore ? `${number} ${noun}s` : counted(count, noun);
}

/** `More than 1000 organizations`, at the beginning of a sentence. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `plain` text of at most `maxCharacters` characters; what is longer ends in an ellipsis. */
export function shorten(text: string, maxCharacters: number): string {
  const whole = plain(text);
  // A text has no more characters than units.
  if (whole.length <= maxCharacters) return whole;
  const characters = Array.from(whole);
  if (characters.length <= maxCharacters) return whole;
  return `${characters
    .slice(0, maxCharacters - 1)
    .join('')
    .trimEnd()}…`;
}
