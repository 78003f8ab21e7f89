// The names below a forecast's picture: the nearest deadlines, as far as the picture's font can write them.

import { shorten } from '../../lib/text.ts';
import { instantWords } from '../../lib/time-words.ts';
import { INK, QUIET_INK, WIDTH } from './picture-style.ts';

/** As many as the picture names. */
const NAMED = 5;
const NAME_MAX_CHARACTERS = 44;
const ROW_HEIGHT = 24;

/** The part of the specification with the first of the nearest deadlines as rows of text; `total` counts them all. */
export function namesBelow(next: readonly { readonly name: string; readonly deadlineAt: Date }[], total: number) {
  const rows = next.slice(0, NAMED).map(({ name, deadlineAt }, index) => ({
    row: index,
    name: `${index + 1}. ${drawable(name)}`,
    when: instantWords(deadlineAt),
  }));
  const text = { type: 'text', align: 'left', baseline: 'middle', fontSize: 14, color: INK };
  const y = { field: 'row', type: 'ordinal', axis: null };
  return {
    title: { text: total > rows.length ? 'The nearest' : 'All of them', fontSize: 15, offset: 8 },
    width: WIDTH,
    height: { step: ROW_HEIGHT },
    data: { values: rows },
    layer: [
      { mark: { ...text, x: 0 }, encoding: { y, text: { field: 'name' } } },
      { mark: { ...text, x: WIDTH, align: 'right', color: QUIET_INK }, encoding: { y, text: { field: 'when' } } },
    ],
  };
}

/** What both faces of the font have: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian, punctuation, currencies and arrows. */
const DRAWABLE =
  /^[ -~\u00A0-\u024F\u0370-\u0525\u0531-\u0556\u0561-\u0587\u05D0-\u05EA\u0621-\u063A\u0641-\u064A\u10D0-\u10FA\u1E00-\u1EF9\u1F00-\u1FFF\u2010-\u205E\u20A0-\u20B5\u2122\u2190-\u21FF]+$/u;

/** A name that can be written in the picture; what the font lacks would be empty boxes, and stands in the message's text all the same. */
function drawable(name: string): string {
  const shown = shorten(name.normalize('NFC'), NAME_MAX_CHARACTERS);
  return DRAWABLE.test(shown) ? shown : '(its name is in the text)';
}
