// Finds lists of network devices for people, and opens their form: for those who may change them.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { CommandInput } from '../../chat/command.ts';
import { resolveCustomer } from '../../customers/customer.lookup.ts';
import type { ChangeDeps } from '../changing.ts';
import { nodeWords } from '../node-words.ts';
import { findDeviceList, type NamedDeviceList } from './device-list.store.ts';
import { type DeviceListTyped, NO_ORGANIZATION, typedOf } from './device-list-rules.ts';
import { deviceListForm, deviceListMessage, listGoneMessage, listsNotAllowedMessage } from './device-lists.view.ts';
import { newListFor, organizationsFor } from './list-form.ts';
import { mayChangeLists } from './list-rights.ts';

type Problems = Partial<Record<keyof DeviceListTyped, string>>;

/** One list: the one of this id, or of the button that was pressed. */
export async function oneList(
  { db }: ChangeDeps,
  { scope, standing, inputs }: CommandInput,
  { id = inputs['list_id'], done }: { id?: unknown; done?: string } = {},
): Promise<Answer> {
  const read = z.uuid().safeParse(id);
  const list = read.success ? await findDeviceList(db, { scope, id: read.data }) : undefined;
  if (!list) return { content: listGoneMessage };
  const mayChange = await mayChangeLists(db, standing, list.customer.path);
  const words = await nodeWords(db, { scope, nodes: [list.customer] });
  return { content: deviceListMessage({ list, words, mayChange, done }) };
}

const refused: Answer = { content: listsNotAllowedMessage, isRefusal: true };

/** The list, where the actor may change it, or the answer that says why not. */
export async function listToChange(
  { db }: ChangeDeps,
  { scope, standing }: CommandInput,
  id: unknown,
): Promise<{ found: NamedDeviceList } | { answer: Answer }> {
  const read = z.uuid().safeParse(id);
  const list = read.success ? await findDeviceList(db, { scope, id: read.data }) : undefined;
  if (!list) return { answer: { content: listGoneMessage } };
  return (await mayChangeLists(db, standing, list.customer.path)) ? { found: list } : { answer: refused };
}

/** The form for a new list of the customer that is named, or that a button names. */
export async function addForm(
  deps: ChangeDeps,
  { scope, standing, inputs }: CommandInput,
  named: string,
  sent?: { typed: DeviceListTyped; problems: Problems },
): Promise<Answer> {
  const { db } = deps;
  const here = named === '' && inputs['customer_id'] === undefined ? { customer_id: standing.customer.id } : inputs;
  const resolved = await resolveCustomer(db, { scope, typed: named, inputs: here, command: 'ndl-form' });
  if ('answer' in resolved) return resolved.answer;
  const { customer, name } = await newListFor(db, resolved.found);
  if (!(await mayChangeLists(db, standing, customer.path))) return refused;
  const blank = { name, description: '', organization: NO_ORGANIZATION, cucm: '', cuc: '' };
  return {
    content: deviceListForm({
      ...{ customer, listId: null, uses: 0, typed: sent?.typed ?? blank, problems: sent?.problems },
      organizations: await organizationsFor(db, customer.id),
    }),
  };
}

/** The form of a list that there is. */
export async function changeForm(
  deps: ChangeDeps,
  input: CommandInput,
  id: unknown,
  sent?: { typed: DeviceListTyped; problems: Problems },
): Promise<Answer> {
  const allowed = await listToChange(deps, input, id);
  if ('answer' in allowed) return allowed.answer;
  const { found: list } = allowed;
  return {
    content: deviceListForm({
      ...{ customer: list.customer, listId: list.id, uses: list.uses },
      ...{ typed: sent?.typed ?? typedOf(list), problems: sent?.problems },
      organizations: await organizationsFor(deps.db, list.customerId),
    }),
  };
}
