// Which customer a person means: one from a card, a name, names from above down as in `North / Acme`, or a unique part of a name.

import { z } from 'zod';
import type { ActionName } from '../chat/actions.ts';
import type { Answer } from '../chat/answer.ts';
import type { ClickInputs } from '../chat/click-inputs.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { closestMatches } from '../lib/closest-match.ts';
import { searchKey } from '../lib/search-key.ts';
import {
  chooseCustomerMessage,
  customerGoneMessage,
  customerNotFoundMessage,
  MATCHES_MAX,
} from './choose-customer.view.ts';
import { type Customer, findCustomerInScope, firstCustomers, namesAbove, searchCustomers } from './customer.store.ts';
import { pathWords } from './customer-rules.ts';

type Resolved = { found: Customer } | { answer: Answer };

interface Asked {
  scope: Scope;
  /** What was typed of the name. */
  typed: string;
  /** What a card sent; empty where it was typed. */
  inputs: ClickInputs;
  /** The command that the choice continues, and the inputs that it sends along. */
  command: ActionName;
  keep?: Readonly<Record<string, string | number>>;
  /** The name of the card's input that holds the chosen id. */
  input?: 'customer_id' | 'parent_id';
}

/** One more than a card offers, to know whether there are others. */
const mostRead = MATCHES_MAX + 1;
/** How many names a mistyped one is compared with. */
const mostCompared = 500;

/** The customer that is meant, or the answer that asks for it. */
export async function resolveCustomer(
  db: Db,
  { scope, typed, inputs, command, keep = {}, input = 'customer_id' }: Asked,
): Promise<Resolved> {
  const chosen = z.uuid().safeParse(inputs[input]);
  if (chosen.success) {
    const found = await findCustomerInScope(db, { scope, id: chosen.data });
    return found ? { found } : { answer: { content: customerGoneMessage } };
  }
  const matches =
    typed === '' ? await firstCustomers(db, { scope, limit: mostRead }) : await matching(db, scope, typed);
  const [only] = matches;
  if (only && matches.length === 1) return { found: only };
  const nearest = only ? [] : await closest(db, scope, typed);
  const offered = only ? matches : nearest;
  if (offered.length === 0) return { answer: { content: customerNotFoundMessage({ typed }) } };
  const names = await namesAbove(db, { scope, nodes: offered });
  const choices = offered.map(({ id, name }) => ({ id, name: pathWords(names.get(id) ?? [name]) }));
  return { answer: { content: chooseCustomerMessage({ command, keep, input, typed, choices, isGuess: !only }) } };
}

/** The customers in scope that a name or a path of names fits. Of several, one whose whole name was typed is the one that is meant. */
export async function matching(db: Db, scope: Scope, typed: string): Promise<Customer[]> {
  const parts = typed.split('/').map(searchKey);
  const last = parts.at(-1) ?? '';
  if (last === '') return [];
  const found = await searchCustomers(db, { scope, part: last, limit: parts.length > 1 ? mostCompared : mostRead });
  const fits = parts.length > 1 ? await underPath(db, scope, { found, parts }) : found;
  const called = fits.filter(({ searchName }) => searchName === last);
  return called.length > 0 ? called : fits;
}

/** Those whose names from above down end with what was typed. */
async function underPath(
  db: Db,
  scope: Scope,
  { found, parts }: { found: readonly Customer[]; parts: readonly string[] },
): Promise<Customer[]> {
  const names = await namesAbove(db, { scope, nodes: found });
  return found.filter(({ id }) => {
    const keys = (names.get(id) ?? []).map(searchKey).slice(-parts.length);
    return keys.length === parts.length && keys.every((key, index) => key.includes(parts[index] ?? ''));
  });
}

async function closest(db: Db, scope: Scope, typed: string): Promise<Customer[]> {
  const known = await firstCustomers(db, { scope, limit: mostCompared });
  const nearest = closestMatches(searchKey(typed), [...new Set(known.map(({ searchName }) => searchName))]);
  return nearest.flatMap((key) => known.filter(({ searchName }) => searchName === key)).slice(0, MATCHES_MAX);
}
