import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchKey, trimmed } from '../../src/lib/search-key.ts';

describe('T2: the form in which names are compared', () => {
  it.each([
    ['blanks that do not break', 'Österreich\u00a0Versicherung', 'Österreich Versicherung'],
    ['two blanks, a tab, a line break', ' Acme  \tRobotics\n', 'Acme Robotics'],
    ['decomposed accents', 'O\u0308sterreich', 'Österreich'],
    ['no accents', 'Osterreich Societe Generale', 'Österreich Société Générale'],
    ['an apostrophe of another kind', 'O’Reilly', "O'Reilly"],
    ['the letter apostrophe', 'Hawaiʻi Oʼahu', "Hawai'i O'ahu"],
    ['quotation marks of other kinds', '„Acme“', '"Acme"'],
    ['a dash of another kind', 'Smith – Sons', 'Smith - Sons'],
    ['a minus sign, a hyphen that does not break', 'A−B‑C', 'A-B-C'],
    ['Greek, its last letter too', 'ΟΔΟΣ', 'οδος'],
    ['Greek with accents', 'Ελλάδα', 'ΕΛΛΑΔΑ'],
    ['Cyrillic', 'РОСТЕЛЕКОМ', 'Ростелеком'],
    ['Armenian, Georgian', 'ՀԱՅԱՍՏԱՆ ᲗᲑᲘᲚᲘᲡᲘ', 'հայաստան თბილისი'],
    ['a sharp s', 'STRASSE', 'Straße'],
    ['a capital sharp s', 'STRAẞE', 'Strasse'],
    ['Turkish letters', 'İSTANBUL', 'istanbul'],
    ['a dotless i', 'ISPARTA', 'ısparta'],
    ['letters that do not decompose', 'Orsted Lodz Aeroskobing', 'Ørsted Łódź Ærøskøbing'],
    ['full width', 'ＡＣＭＥ　１', 'acme 1'],
    ['ligatures', 'oﬃce', 'OFFICE'],
    ['invisible characters within', 'Ac\u200bme\ufeff Ro\u00adbotics', 'Acme Robotics'],
  ])('takes %s for the same', (_what, typed, stored) => {
    expect(searchKey(typed)).toBe(searchKey(stored));
  });

  it.each([
    ['names in scripts whose marks are letters', 'के', 'का'],
    ['voiced and unvoiced kana', 'がき', 'かき'],
    ['other words', 'Acme', 'Acne'],
    ['a joined and a divided word', 'Acme Robotics', 'AcmeRobotics'],
  ])('keeps %s apart', (_what, one, other) => {
    expect(searchKey(one)).not.toBe(searchKey(other));
  });

  it('is the same after any number of runs, and in any case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const key = searchKey(text);
        expect(searchKey(key)).toBe(key);
        expect(searchKey(text.normalize('NFD'))).toBe(key);
        expect(key).toBe(trimmed(key));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('T1: what is invisible at the ends', () => {
  it.each(['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad', '\u3164', '\u00a0'])(
    'is dropped, and what stands between stays: %j',
    (character) => {
      expect(trimmed(`${character} ${character}Ac${character}me ${character}`)).toBe(`Ac${character}me`);
    },
  );

  it('is no part of an emoji', () => {
    const flag = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';
    for (const text of [flag, '❤\ufe0f', '👩\u200d🔧']) expect(trimmed(` ${text}\u200b`)).toBe(text);
  });
});
