import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { readReply } from '../../src/webex/reply.ts';
import { count, instant, listOf, someText, webexId, wholeNumber } from '../../src/webex/shapes.ts';

const schema = listOf(
  z.object({
    id: webexId,
    name: someText,
    total: wholeNumber.optional(),
    used: count.optional(),
    created: instant.optional(),
    tags: z.array(someText).optional(),
    active: z.boolean().optional(),
  }),
);
const read = (items: unknown) => readReply(JSON.stringify({ items }), schema, false);
const valuesOf = (item: object) => {
  const reading = read([{ id: 'a', name: 'A', ...item }]);
  return 'value' in reading ? reading.value.items[0] : reading;
};

describe('a reply', () => {
  test.each<[string, object, object]>([
    ['null is absent', { total: null, created: null, tags: null, active: null }, {}],
    ['digits are the number that they write', { total: '42', used: ' 7 ' }, { total: 42, used: 7 }],
    ['a number is text', { id: 12, name: 34 }, { id: '12', name: '34' }],
    ['a word is the truth that it says', { active: 'True' }, { active: true }],
    ['2^53 is a number', { total: 2 ** 53 }, { total: 2 ** 53 }],
    ['a negative one as well, where one is meant', { total: -1 }, { total: -1 }],
    ['beyond it, in part or below nothing there is none', { total: 2 ** 54, used: -3 }, {}],
    ['a fraction costs itself alone', { total: 2.5, used: 3 }, { used: 3 }],
    ['a list as text, a text as list', { tags: 'a', created: [], active: {} }, {}],
    ['an odd tag costs that tag', { tags: ['x', null, 'y', {}] }, { tags: ['x', 'y'] }],
    ['no time, and one that no database holds', { created: '+275760-09-13T00:00:00Z' }, {}],
  ])('R2: %s', (_, item, expected) => {
    expect(valuesOf(item)).toEqual({ id: 'a', name: 'A', ...expected });
  });

  test.each<[string, unknown]>([
    ['a name of null', { id: 'b', name: null }],
    ['no name', { id: 'b' }],
    ['an empty name', { id: 'b', name: '' }],
    ['a name that is none', { id: 'b', name: { en: 'B' } }],
    ['an id that no index can hold', { id: 'b'.repeat(3000), name: 'B' }],
    ['null in its place', null],
    ['text in its place', 'b'],
  ])('R2: an item with %s is left out and named, but not quoted', (_, odd) => {
    const reading = read([{ id: 'a', name: 'A' }, odd, { id: 'c', name: 'C' }]);
    expect(reading).toMatchObject({ value: { items: [{ id: 'a' }, { id: 'c' }] }, odd: { leftOut: 1 } });
    expect(JSON.stringify('odd' in reading && reading.odd)).toMatch(/items\.\*/);
    expect(JSON.stringify('odd' in reading && reading.odd)).not.toContain('bbb');
  });

  it('is an empty list where it says null, and cannot be read without a list', () => {
    expect(read(null)).toEqual({ value: { items: [] }, odd: undefined });
    expect(read({})).toHaveProperty('problem');
    expect(readReply('{"errors":[]}', schema, false)).toHaveProperty('problem');
  });

  it('may begin with a byte order mark, and has no NUL in it', () => {
    const text = `\uFEFF${JSON.stringify({ items: [{ id: 'a\0b', name: 'A\0' }] })}`;
    expect(readReply(text, schema, false)).toMatchObject({ value: { items: [{ id: 'ab', name: 'A' }] } });
  });

  test('R2: whatever stands in one item, the others are read', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 4 }), fc.array(fc.jsonValue(), { maxLength: 4 }), (a, b) => {
        const sound = { id: 'sound', name: 'Sound', total: 1 };
        const reading = read([...a, sound, ...b]);
        expect('value' in reading && reading.value.items).toContainEqual(sound);
      }),
    );
  });
});
