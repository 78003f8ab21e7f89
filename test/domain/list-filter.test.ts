import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputsOf, LIST_FILTERS, LIST_ORDERS, queryOfButton, queryTyped } from '../../src/overview/list-filter.ts';

describe('U9: what `list` is asked for', () => {
  it.each([
    ['', { part: '', filter: 'all', order: 'deadline', page: '1' }],
    ['2', { part: '', filter: 'all', order: 'deadline', page: '2' }],
    ['page 3', { part: '', filter: 'all', order: 'deadline', page: '3' }],
    ['lost', { part: '', filter: 'lost', order: 'deadline', page: '1' }],
    ['Expired', { part: '', filter: 'lost', order: 'deadline', page: '1' }],
    ['not connected 2', { part: '', filter: 'not connected', order: 'deadline', page: '2' }],
    ['contact-center', { part: '', filter: 'contact center', order: 'deadline', page: '1' }],
    ['by name', { part: '', filter: 'all', order: 'name', page: '1' }],
    ['by name page 4', { part: '', filter: 'all', order: 'name', page: '4' }],
    ['acme', { part: 'acme', filter: 'all', order: 'deadline', page: '1' }],
    ['Acme  Robotics\u00a0soon', { part: 'Acme Robotics', filter: 'soon', order: 'deadline', page: '1' }],
    ['acme lost by name 2', { part: 'acme', filter: 'lost', order: 'name', page: '2' }],
    ['lost and found', { part: 'lost and found', filter: 'all', order: 'deadline', page: '1' }],
    ['label Gold', { part: '', label: 'gold', filter: 'all', order: 'deadline', page: '1' }],
    ['acme label gold lost by name 2', { part: 'acme', label: 'gold', filter: 'lost', order: 'name', page: '2' }],
    ['lost label lost', { part: '', label: 'lost', filter: 'lost', order: 'deadline', page: '1' }],
    ['label 7', { part: 'label', filter: 'all', order: 'deadline', page: '7' }],
    ['glost', { part: 'glost', filter: 'all', order: 'deadline', page: '1' }],
  ] as const)('%j', (typed, asked) => {
    expect(queryTyped(typed)).toEqual(asked);
  });

  it('is the same after a button sent it', () => {
    const query = fc.record({
      part: fc.string({ maxLength: 40 }),
      filter: fc.constantFrom(...LIST_FILTERS),
      order: fc.constantFrom(...LIST_ORDERS),
    });
    fc.assert(
      fc.property(query, (asked) => {
        expect(queryOfButton(inputsOf(asked))).toEqual(asked);
      }),
    );
  });

  it.each([[{ filter: 'everything', order: 7, part: {} }], [{}], [{ page: 2 }]])(
    'is all where a click sends %j',
    (inputs) => {
      expect(queryOfButton(inputs)).toEqual({ part: '', filter: 'all', order: 'deadline' });
    },
  );
});
