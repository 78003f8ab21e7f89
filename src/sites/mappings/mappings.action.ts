// The buttons of mappings: the form, removal, and moving sites that exist once that was looked at.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { Action, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { customerGoneMessage } from '../../customers/choose-customer.view.ts';
import { findCustomerInScope, listBelow } from '../../customers/customer.store.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import { trimmed } from '../../lib/search-key.ts';
import { type ChangeDeps, changing } from '../changing.ts';
import { nodeWords } from '../node-words.ts';
import { findMapping } from './mapping.store.ts';
import { answerMapping, answerRemoval } from './mapping-answer.lookup.ts';
import { MAPPING_TEXT_MAX, textProblem } from './mapping-rules.ts';
import { mappingForm, mappingGoneMessage, misplacedMessage, SAVE_MAPPING, sitesMovedMessage } from './mappings.view.ts';
import { moveSites } from './move-sites.ts';
import { movesOf, nodesOf } from './moves.ts';

/** How many nodes the form offers. Others are typed: a card is bounded. */
const MOST_NODES = 20;

const formInput = z.object({ customer_id: z.uuid(), mapping_id: z.uuid().optional().catch(undefined) });
const customerInput = z.object({ customer_id: z.uuid() });

interface Typed {
  text: string;
  nodeId: string;
  problem?: string;
}

async function formOf(
  db: Db,
  { scope, inputs }: { scope: Scope; inputs: CommandInput['inputs'] },
  typed?: Typed,
): Promise<Answer> {
  const sent = formInput.safeParse(inputs);
  const customer = sent.success && (await findCustomerInScope(db, { scope, id: sent.data.customer_id }));
  if (!customer) return { content: customerGoneMessage };
  const id = sent.data.mapping_id;
  const mapping = id === undefined ? undefined : await findMapping(db, { scope, id });
  if (id !== undefined && !mapping) return { content: mappingGoneMessage };
  const nodes = await listBelow(db, { scope, path: customer.path, limit: MOST_NODES });
  const words = await nodeWords(db, { scope, nodes });
  return {
    content: mappingForm({
      customer,
      mappingId: id ?? null,
      text: typed?.text ?? mapping?.text ?? '',
      nodeId: typed?.nodeId ?? mapping?.nodeId ?? '',
      nodes: nodes.map((node) => ({ id: node.id, words: words(node.id) })),
      problem: typed?.problem ?? null,
    }),
  };
}

/** Opens the form. */
export const openMappingForm: Action<ChangeDeps> = {
  name: 'mapping-form',
  run: ({ db }, input) => formOf(db, input),
};

/** Saves the form, or shows it again with what was typed. */
export const saveMappingForm: Action<ChangeDeps> = {
  name: SAVE_MAPPING,
  async run(deps, input) {
    const { inputs, scope, cardMessageId } = input;
    const text = trimmed(String(inputs['text'] ?? ''));
    const node = z.uuid().safeParse(inputs['node_id']);
    const sent = formInput.safeParse(inputs);
    if (!sent.success || !node.success) return { content: mappingGoneMessage };
    const problem = textProblem(text);
    if (problem !== undefined) {
      const typed = { text: text.slice(0, MAPPING_TEXT_MAX), nodeId: node.data, problem };
      return { ...(await formOf(deps.db, input, typed)), replacesMessageId: cardMessageId };
    }
    const asked = { ...changing(input, scope), id: sent.data.mapping_id, nodeId: node.data, text };
    return { ...(await answerMapping(deps, asked)), replacesMessageId: cardMessageId };
  },
};

/** Removes a mapping. */
export const removeMappingAction: Action<ChangeDeps> = {
  name: 'remove-mapping',
  async run(deps, input) {
    const id = z.uuid().safeParse(input.inputs['mapping_id']);
    if (!id.success) return { content: mappingGoneMessage };
    const answer = await answerRemoval(deps, { ...changing(input, input.scope), id: id.data });
    return { ...answer, replacesMessageId: input.cardMessageId };
  },
};

async function preview({ db, clock }: ChangeDeps, { scope, inputs }: CommandInput, again?: string): Promise<Answer> {
  const sent = customerInput.safeParse(inputs);
  const customer = sent.success && (await findCustomerInScope(db, { scope, id: sent.data.customer_id }));
  if (!customer) return { content: customerGoneMessage };
  const page = pageAsked(inputs['page']);
  const { moves, plan } = await movesOf(db, customer);
  const rows = moves.slice(page.offset, page.offset + page.limit);
  const about = { customer_id: customer.id };
  if (isPastEnd(page, moves.length)) {
    return { content: pastEndMessage('misplaced-sites', page, moves.length, about) };
  }
  return {
    content: misplacedMessage({
      ...{ rows, total: moves.length },
      ...{ firstNumber: page.firstNumber, now: clock.now(), customer, plan, again },
      ...pagesBeside(page, moves.length),
      words: await nodeWords(db, { scope, nodes: nodesOf(rows) }),
    }),
  };
}

/** Shows which sites would move. */
export const previewMoves: Action<ChangeDeps> = {
  name: 'misplaced-sites',
  run: (deps, input) => preview(deps, input),
};

/** Moves them, as it was shown. */
export const moveConfirmed: Action<ChangeDeps> = {
  name: 'move-sites',
  async run(deps, input) {
    const { scope, inputs, actor, cardMessageId } = input;
    const sent = customerInput.extend({ plan: z.string() }).safeParse(inputs);
    const customer = sent.success && (await findCustomerInScope(deps.db, { scope, id: sent.data.customer_id }));
    if (!customer) return { content: customerGoneMessage };
    const { plan } = sent.data;
    const result = await moveSites(deps, { ...changing(input, scope), customerId: customer.id, plan });
    if (result.outcome === 'gone') return { content: customerGoneMessage };
    if (result.outcome === 'changed') {
      return preview(deps, input, 'Mappings or sites have changed since you saw them: nothing has moved.');
    }
    return {
      content: sitesMovedMessage({ customer, count: result.count, by: actor.email }),
      replacesMessageId: cardMessageId,
    };
  },
};
