// The customer that the form for a new organization offers, and the one that it is sent with.

import { z } from 'zod';
import type { CommandInput } from '../chat/command.ts';
import { matching } from '../customers/customer.lookup.ts';
import { type Customer, findCustomerInScope, firstCustomers, namesAbove } from '../customers/customer.store.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { trimmed } from '../lib/search-key.ts';
import { CUSTOMER_INPUT } from './organization-fields.ts';

type Asked = Pick<CommandInput, 'scope' | 'standing' | 'inputs'>;

/** The node that the button names, else that of the space, else the first that the person may change. Its words are undefined where there is no choice. */
export async function offeredCustomer(
  db: Db,
  { scope, standing, inputs }: Asked,
): Promise<{ node: Customer | undefined; words: string | undefined }> {
  const named = z.uuid().safeParse(inputs['customer_id']);
  const [first, second] = await firstCustomers(db, { scope, limit: 2 });
  const chosen = named.success ? await findCustomerInScope(db, { scope, id: named.data }) : undefined;
  const node = chosen ?? (await findCustomerInScope(db, { scope, id: standing.customer.id })) ?? first;
  return { node, words: node && second ? await wordsOf(db, scope, node) : undefined };
}

const wordsOf = async (db: Db, scope: Scope, node: Customer): Promise<string> =>
  ((await namesAbove(db, { scope, nodes: [node] })).get(node.id) ?? [node.name]).join(' / ');

/** The node that the form was sent with; `problem` says why it is none. What was typed comes back as `value`. */
export async function customerOfForm(
  db: Db,
  asked: Asked,
): Promise<{ id: string; value: string | undefined } | { value: string; problem: string }> {
  const { scope, inputs } = asked;
  const sent = inputs[CUSTOMER_INPUT];
  const typed = trimmed(typeof sent === 'string' ? sent : '');
  if (typed === '') {
    const { node, words } = await offeredCustomer(db, asked);
    if (!node) return { value: '', problem: 'You may not add organizations here.' };
    return { id: node.id, value: words };
  }
  const found = await matching(db, scope, typed);
  const [only] = found;
  if (only && found.length === 1) return { id: only.id, value: typed };
  const which = found.length === 0 ? 'No customer has this name' : 'Several customers have this name';
  return { value: typed, problem: `${which}: type its whole name, or the names from above down with slashes between.` };
}
