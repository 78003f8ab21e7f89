// `mappings`: which locations become sites at which node; with words behind it, one is added, changed or removed.

import { z } from 'zod';
import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Action, Command, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import { resolveCustomer } from '../../customers/customer.lookup.ts';
import { isInScope, type Scope } from '../../db/scope.ts';
import type { ChangeDeps } from '../changing.ts';
import { changing } from '../changing.ts';
import { nodeWords } from '../node-words.ts';
import { listMappings, mappingsFor } from './mapping.store.ts';
import { answerMapping, answerRemoval } from './mapping-answer.lookup.ts';
import { type MappingAct, readMappingAct, textProblem } from './mapping-rules.ts';
import {
  howMappingMessage,
  mappingsMessage,
  mappingTextMessage,
  noMappingMessage,
  whichMappingMessage,
} from './mappings.view.ts';
import { movesOf } from './moves.ts';

export const mappings: Command<ChangeDeps> = {
  name: 'mappings',
  needs: 'viewer',
  usage: 'mappings [customer | add | change | remove]',
  summary: 'Show which locations become sites at which node, by a text in their names, or change that.',
  group: 'Customers',
  examples: [
    'mappings',
    'mappings acme',
    'mappings add detroit to Acme / Michigan',
    'mappings change detroit to Acme / Midwest',
    'mappings remove detroit',
  ],
  async run(deps, input) {
    const asked = readMappingAct(input.argument);
    if (asked.act === 'show') return show(deps, input, asked.named);
    const scope = scopeFor(input.standing, 'administrator');
    if (scope.within.length === 0) return tooFewRights(input.standing, 'administrator');
    return change(deps, input, { asked, scope });
  },
};

async function show({ db, clock }: ChangeDeps, input: CommandInput, named: string): Promise<Answer> {
  const { scope, inputs, standing } = input;
  const isOfAll = (named === '' || /^\d+$/.test(named)) && inputs['customer_id'] === undefined;
  const resolved = isOfAll
    ? undefined
    : await resolveCustomer(db, { scope, typed: named, inputs, command: 'mappings' });
  if (resolved && 'answer' in resolved) return resolved.answer;
  const customer = resolved?.found;
  const page = pageAsked(inputs['page'] ?? (isOfAll && named !== '' ? named : undefined));
  const found = await listMappings(db, { scope, customerId: customer?.id, ...page });
  const about = customer === undefined ? {} : { customer_id: customer.id };
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('mappings', page, found.total, about) };
  const changeable = scopeFor(standing, 'administrator');
  return {
    content: mappingsMessage({
      ...found,
      ...pagesBeside(page, found.total),
      ...{ firstNumber: page.firstNumber, now: clock.now(), customer: customer ?? null },
      words: await nodeWords(db, { scope, nodes: found.rows.map(({ node }) => node) }),
      canChange: customer ? isInScope(changeable, customer.path) : changeable.within.length > 0,
      misplaced: customer ? (await movesOf(db, customer)).moves.length : 0,
    }),
  };
}

async function change(
  deps: ChangeDeps,
  input: CommandInput,
  { asked, scope }: { asked: Exclude<MappingAct, { act: 'show' }>; scope: Scope },
): Promise<Answer> {
  const { db } = deps;
  if (asked.act === 'how') return { content: howMappingMessage(asked.verb) };
  const problem = textProblem(asked.text);
  if (problem !== undefined) return { content: mappingTextMessage(problem) };
  const by = changing(input, scope);
  if (asked.act === 'remove') {
    const found = await mappingsFor(db, { scope, text: asked.text, limit: 10 });
    const [only, ...others] = found;
    if (!only) return { content: noMappingMessage(asked.text) };
    if (others.length === 0) return answerRemoval(deps, { ...by, id: only.id });
    const words = await nodeWords(db, { scope, nodes: found.map(({ node }) => node) });
    return { content: whichMappingMessage(found, words) };
  }
  const node = await resolveCustomer(db, {
    ...{ scope, typed: asked.node, inputs: input.inputs },
    command: 'mappings-act',
    keep: { act: asked.act, text: asked.text },
  });
  if ('answer' in node) return node.answer;
  if (asked.act === 'add') return answerMapping(deps, { ...by, nodeId: node.found.id, text: asked.text });
  // The one of the customer to which the node belongs is meant.
  const found = await mappingsFor(db, { scope, text: asked.text, limit: 50 });
  const [its] = found
    .filter(({ customer }) => node.found.path.startsWith(customer.path))
    .sort((one, other) => other.customer.path.length - one.customer.path.length);
  if (!its) return { content: noMappingMessage(asked.text) };
  return answerMapping(deps, { ...by, id: its.id, nodeId: node.found.id, text: asked.text });
}

/** What the choice of a node sends along. */
const chosen = z.object({ act: z.enum(['add', 'change']), text: z.string() });

/** Goes on once the node was chosen on a card. */
export const continueMapping: Action<ChangeDeps> = {
  name: 'mappings-act',
  async run(deps, input) {
    const sent = chosen.safeParse(input.inputs);
    if (!sent.success) return { content: howMappingMessage('add') };
    return change(deps, input, { asked: { ...sent.data, node: '' }, scope: input.scope });
  },
};
