// Texts that people type and texts that were stored, made alike: whoever looks a name up need not type its blanks, accents, apostrophes and dashes as stored.

/**
 * What nobody sees: zero-width and soft characters, the byte order mark, marks of direction, Hangul fillers. Clients add them at the ends of what is copied.
 * Not among them are those that belong to emoji and to scripts when they stand inside a text (ZWJ, ZWNJ): only `searchKey` drops those.
 */
const invisible = '\\u00AD\\u034F\\u061C\\u115F\\u1160\\u180E\\u200B-\\u200F\\u2060-\\u2064\\u3164\\uFEFF\\uFFA0';
/** What turns the direction of the text around it. At the end of what was typed it is refused by name, not dropped: it may be meant to deceive. */
const turning = '\\u202A-\\u202E\\u2066-\\u2069';
const atEnds = new RegExp(`^[\\s${invisible}]+|[\\s${invisible}]+$`, 'gu');
const anywhere = new RegExp(`[${invisible}${turning}\\uFE00-\\uFE0F]`, 'gu');

/** The text without white space and invisible characters at its ends. */
export const trimmed = (text: string): string => text.replace(atEnds, '');

/** The text without invisible characters anywhere. Only for texts in which none has a meaning: ids, numbers, addresses. */
export const withoutInvisible = (text: string): string => text.replace(anywhere, '');

/** Letters that Unicode does not decompose, and what people type who do not have them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const plainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');

/**
 * The form in which names are compared: compatibility forms and ligatures decomposed, one case for all scripts, no accents on Latin, Greek and Cyrillic
 * letters, nothing invisible, plain apostrophes, quotation marks and hyphens, single blanks. Two runs give the same as one.
 * A stored key is made anew by whoever changes this: `keySearchNames` makes those that are empty.
 */
export function searchKey(text: string): string {
  return folded(folded(text));
}

/** Once is not enough: an upper case letter may decompose into more than its lower case one. */
function folded(text: string): string {
  return withoutInvisible(text.normalize('NFKD'))
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu, '$1')
    .replace(plainLetter, (letter) => plainLetters[letter] ?? letter)
    .replace(/['`´‘’‚‛ʹʻʼʽˈ′‵＇]/gu, "'")
    .replace(/["“”„‟«»″‶]/gu, '"')
    .replace(/[\p{Pd}\u2212\u2043\u02D7]/gu, '-')
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();
}
