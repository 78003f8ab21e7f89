// Each case has a test that proves it, and no test names a case that there is not.
import { describe, expect, it } from 'vitest';
import { cases, findProofs, kinds, proofsIn } from './cases.ts';

const proofs = findProofs();

describe('the cases', () => {
  it.each(Object.keys(cases))('%s is proven by a test', (id) => {
    expect(kinds).toHaveProperty(id.slice(0, 1));
    expect(proofs.filter((proof) => proof.id === id)).not.toEqual([]);
  });

  it('are all that tests name', () => {
    expect(proofs.filter(({ id }) => !(id in cases))).toEqual([]);
  });
});

describe('finding proofs', () => {
  it('reads titles with `each` and without, of one case and of several', () => {
    const text = [
      "test('A1: one', () => {});",
      "it.each([['x', (1)]])('A2, B3: %s', () => {});",
      'describe("A4: all of these", () => { it(`A5: $' + '{name} is`, () => {}); });',
    ];
    expect(proofsIn('a.test.ts', text.join('\n'))).toEqual([
      { id: 'A1', file: 'a.test.ts', line: 1, title: 'one' },
      { id: 'A2', file: 'a.test.ts', line: 2, title: '%s' },
      { id: 'B3', file: 'a.test.ts', line: 2, title: '%s' },
      { id: 'A4', file: 'a.test.ts', line: 3, title: 'all of these' },
      { id: 'A5', file: 'a.test.ts', line: 3, title: '… is' },
    ]);
  });

  it.each([
    ['a test that is skipped', "it.skip('A1: one', () => {});"],
    ['a test to be written', "test.todo('A1: one');"],
    ['a comment', "// it('A1: one')"],
    ['another call', "say('A1: one');"],
    ['a title without ids', "it('Acme: one', () => {});"],
  ])('passes over %s', (_what, text) => {
    expect(proofsIn('a.test.ts', text)).toEqual([]);
  });
});
