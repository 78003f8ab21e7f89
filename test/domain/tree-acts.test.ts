// What `customers` is asked to do, as people type it.

import { describe, expect, it } from 'vitest';
import { readTreeAct } from '../../src/customers/customer-rules.ts';

describe('customers add', () => {
  it.each([
    ['add Acme', { name: 'Acme', under: '', kind: 'customer' }],
    ['add Acme under North', { name: 'Acme', under: 'North', kind: 'customer' }],
    ['add North as reseller', { name: 'North', under: '', kind: 'reseller' }],
    ['add reseller North', { name: 'North', under: '', kind: 'reseller' }],
    ['add Reseller North under Alpine', { name: 'North', under: 'Alpine', kind: 'reseller' }],
    ['add intermediate node Munich under Acme', { name: 'Munich', under: 'Acme', kind: 'node' }],
    // Companies are called so.
    ['add Customer Care', { name: 'Customer Care', under: '', kind: 'customer' }],
    ['add Reseller One as customer', { name: 'Reseller One', under: '', kind: 'customer' }],
    ['add Reseller', { name: 'Reseller', under: '', kind: 'customer' }],
    ['add reseller under Alpine', { name: 'reseller', under: 'Alpine', kind: 'customer' }],
  ] as const)('%s', (typed, expected) => {
    expect(readTreeAct(typed)).toEqual({ act: 'add', ...expected });
  });

  it('opens the form where no name is typed', () => {
    expect(readTreeAct('add')).toEqual({ act: 'how', verb: 'add' });
  });
});
