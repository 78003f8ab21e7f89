// `ndl`: the lists of network devices that sites use; with words behind it, one is added, changed or removed.

import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import type { ChangeDeps } from '../changing.ts';
import { nodeWords } from '../node-words.ts';
import { listDeviceLists, searchDeviceLists } from './device-list.store.ts';
import {
  confirmRemoveListMessage,
  deviceListsMessage,
  howListMessage,
  noListMessage,
  whichListMessage,
} from './device-lists.view.ts';
import { mayChangeLists } from './list-rights.ts';
import { addForm, changeForm, listToChange, oneList } from './ndl-answer.lookup.ts';

/** How many lists are offered where several match. */
const MOST_OFFERED = 10;

export const ndl: Command<ChangeDeps> = {
  name: 'ndl',
  needs: 'viewer',
  words: ['ndls'],
  usage: 'ndl [name | add | change | remove]',
  summary: 'Show the lists of network devices that sites use, or change them.',
  group: 'Customers',
  examples: ['ndl', 'ndl acme ndl', 'ndl add acme', 'ndl change acme ndl', 'ndl remove acme ndl'],
  async run(deps, input) {
    const { argument, inputs } = input;
    if (inputs['list_id'] !== undefined) return oneList(deps, input);
    const [, word, rest = ''] = /^(add|change|remove)(?:\s+(.*))?$/is.exec(argument) ?? [];
    if (word !== undefined) return change(deps, input, { verb: word.toLowerCase(), named: rest });
    if (argument !== '' && !/^\d+$/.test(argument)) return named(deps, input, argument);
    return all(deps, input);
  },
};

async function all({ db, clock }: ChangeDeps, { scope, standing, inputs, argument }: CommandInput): Promise<Answer> {
  const page = pageAsked(inputs['page'] ?? (argument === '' ? undefined : argument));
  const found = await listDeviceLists(db, { scope, ...page });
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('ndl', page, found.total) };
  const { customer } = standing;
  const mayAdd = customer.kind !== 'node' && (await mayChangeLists(db, standing, customer.path));
  return {
    content: deviceListsMessage({
      ...found,
      ...pagesBeside(page, found.total),
      ...{ firstNumber: page.firstNumber, now: clock.now(), addFor: mayAdd ? customer : null },
      words: await nodeWords(db, { scope, nodes: found.rows.map((list) => list.customer) }),
    }),
  };
}

async function named(deps: ChangeDeps, input: CommandInput, typed: string): Promise<Answer> {
  const found = await matching(deps, input, typed);
  return 'answer' in found ? found.answer : oneList(deps, input, { id: found.id });
}

/** The list that is meant, or the answer that asks for it. */
async function matching(
  { db }: ChangeDeps,
  { scope }: CommandInput,
  typed: string,
): Promise<{ id: string } | { answer: Answer }> {
  const found = await searchDeviceLists(db, { scope, part: typed, limit: MOST_OFFERED });
  const [first, ...others] = found;
  if (!first) return { answer: { content: noListMessage(typed) } };
  if (others.length === 0) return { id: first.id };
  const words = await nodeWords(db, { scope, nodes: found.map((list) => list.customer) });
  return { answer: { content: whichListMessage(found, words) } };
}

async function change(
  deps: ChangeDeps,
  input: CommandInput,
  { verb, named: typed }: { verb: string; named: string },
): Promise<Answer> {
  const { standing } = input;
  const scope = scopeFor(standing, 'administrator');
  if (scope.within.length === 0) return tooFewRights(standing, 'administrator');
  const changing = { ...input, scope };
  if (verb === 'add') return addForm(deps, changing, typed);
  if (typed === '') return { content: howListMessage };
  const found = await matching(deps, changing, typed);
  if ('answer' in found) return found.answer;
  if (verb === 'change') return changeForm(deps, changing, found.id);
  const list = await listToChange(deps, changing, found.id);
  return 'answer' in list ? list.answer : { content: confirmRemoveListMessage(list.found) };
}
