// The buttons of lists of network devices: the form, and removal once that is confirmed.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { Action, CommandInput } from '../../chat/command.ts';
import { findCustomerInScope } from '../../customers/customer.store.ts';
import { type ChangeDeps, changing } from '../changing.ts';
import { addDeviceList, changeDeviceList, type ListResult, removeDeviceList } from './change-device-list.ts';
import { checkDeviceList, type DeviceListTyped, readTyped } from './device-list-rules.ts';
import {
  confirmRemoveListMessage,
  listGoneMessage,
  listInUseMessage,
  listRemovedMessage,
  listsNotAllowedMessage,
  SAVE_LIST,
} from './device-lists.view.ts';
import { mayChangeLists } from './list-rights.ts';
import { addForm, changeForm, listToChange, oneList } from './ndl-answer.lookup.ts';

/** Opens the form. */
export const openListForm: Action<ChangeDeps> = {
  name: 'ndl-form',
  run: (deps, input) =>
    input.inputs['list_id'] === undefined ? addForm(deps, input, '') : changeForm(deps, input, input.inputs['list_id']),
};

/** Saves the form, or shows it again with what was typed. */
export const saveList: Action<ChangeDeps> = {
  name: SAVE_LIST,
  async run(deps, input) {
    const { inputs, cardMessageId } = input;
    const typed = readTyped(inputs);
    const again = async (problems: Partial<Record<keyof DeviceListTyped, string>>): Promise<Answer> => {
      const sent = { typed, problems };
      const form =
        inputs['list_id'] === undefined
          ? addForm(deps, input, '', sent)
          : changeForm(deps, input, inputs['list_id'], sent);
      return { ...(await form), replacesMessageId: cardMessageId };
    };
    const checked = checkDeviceList(typed);
    if ('problems' in checked) return again(checked.problems);
    const result = await save(deps, input, checked.values);
    if ('answer' in result) return result.answer;
    switch (result.outcome) {
      case 'gone':
        return { content: listGoneMessage };
      case 'taken':
        return again({ name: `${result.customer.name} has a list of this name already.` });
      case 'in_use':
        return { content: listInUseMessage({ ...result, what: 'change' }) };
      case 'saved': {
        const done = result.isNew ? 'The list is added.' : 'The list is changed.';
        return { ...(await oneList(deps, input, { id: result.list.id, done })), replacesMessageId: cardMessageId };
      }
    }
  },
};

async function save(
  deps: ChangeDeps,
  input: CommandInput,
  values: Parameters<typeof addDeviceList>[1]['values'],
): Promise<ListResult | { answer: Answer }> {
  const { inputs, scope, standing } = input;
  const by = changing(input, scope);
  if (inputs['list_id'] !== undefined) {
    const allowed = await listToChange(deps, input, inputs['list_id']);
    return 'answer' in allowed ? allowed : changeDeviceList(deps, { ...by, id: allowed.found.id, values });
  }
  const id = z.uuid().safeParse(inputs['customer_id']);
  const customer = id.success ? await findCustomerInScope(deps.db, { scope, id: id.data }) : undefined;
  if (!customer || customer.kind === 'node') return { outcome: 'gone' };
  return (await mayChangeLists(deps.db, standing, customer.path))
    ? addDeviceList(deps, { ...by, customerId: customer.id, values })
    : { answer: { content: listsNotAllowedMessage, isRefusal: true } };
}

/** Asks before it removes. */
export const askToRemoveList: Action<ChangeDeps> = {
  name: 'confirm-remove-ndl',
  async run(deps, input) {
    const allowed = await listToChange(deps, input, input.inputs['list_id']);
    return 'answer' in allowed ? allowed.answer : { content: confirmRemoveListMessage(allowed.found) };
  },
};

/** Removes a list that no site uses. */
export const removeList: Action<ChangeDeps> = {
  name: 'remove-ndl',
  async run(deps, input) {
    const allowed = await listToChange(deps, input, input.inputs['list_id']);
    if ('answer' in allowed) return allowed.answer;
    const result = await removeDeviceList(deps, { ...changing(input, input.scope), id: allowed.found.id });
    switch (result.outcome) {
      case 'gone':
        return { content: listGoneMessage };
      case 'in_use':
        return { content: listInUseMessage({ ...result, what: 'remove' }) };
      case 'removed':
        return { content: listRemovedMessage(result.list), replacesMessageId: input.cardMessageId };
    }
  },
};
