// `customers`: the tree of customers as an indented list; with words behind it, one is added, renamed, moved or removed.

import { z } from 'zod';
import { type CustomerNode, type Standing, scopeFor } from '../chat/actor.ts';
import type { Answer } from '../chat/answer.ts';
import type { Command, CommandInput } from '../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import { tooFewRights } from '../chat/refusals.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import { dayMs } from '../lib/durations.ts';
import { addCustomer, type ChangeTreeDeps, removable, renameCustomer } from './change-tree.ts';
import { resolveCustomer } from './customer.lookup.ts';
import { findCustomerInScope, listCustomers, namesAbove } from './customer.store.ts';
import {
  confirmMoveMessage,
  confirmRemoveMessage,
  customerAddedMessage,
  customerRenamedMessage,
  howMessage,
  nameProblemMessage,
} from './customer-acts.view.ts';
import { customerForm } from './customer-form.view.ts';
import { refusedMessage } from './customer-refused.view.ts';
import { nameProblem, pathWords, readTreeAct, type TreeAct } from './customer-rules.ts';
import { customersMessage } from './customers.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** Without `customer_id`, all that may be seen. */
    customers: { page?: number; customer_id?: string };
    /** What a choice of a customer goes on with: an act and what else was typed for it. */
    'customers-act': {
      act: string;
      customer_id?: string;
      parent_id?: string;
      name?: string;
      under?: string;
      kind?: string;
    };
  }
}

/** How soon a connection expires that counts as expiring soon. */
const soonMs = 30 * dayMs;

type Deps = ChangeTreeDeps;

export const customersCommand: Command<Deps> = {
  name: 'customers',
  needs: 'viewer',
  usage: 'customers [name | add | rename | move | remove]',
  summary: 'Show the tree of resellers and customers with what needs attention, or change it.',
  group: 'Customers',
  examples: [
    'customers',
    'customers north',
    'customers add North as reseller',
    'customers add Acme under North',
    'customers rename Acme to Acme Robotics',
    'customers move Acme under South',
    'customers remove Acme',
  ],
  async run(deps, input) {
    const asked = readTreeAct(input.argument);
    if (asked.act === 'show') return show(deps, input, asked.named);
    const scope = scopeFor(input.standing, 'administrator');
    if (scope.within.length === 0) return tooFewRights(input.standing, 'administrator');
    return change(deps, input, { asked, scope });
  },
};

async function show({ db, clock }: Deps, input: CommandInput, named: string): Promise<Answer> {
  const { scope, inputs } = input;
  const page = pageAsked(inputs['page'] ?? (/^\d+$/.test(named) ? named : undefined));
  const isWhole = (named === '' || /^\d+$/.test(named)) && inputs['customer_id'] === undefined;
  const resolved = isWhole
    ? undefined
    : await resolveCustomer(db, { scope, typed: named, inputs, command: 'customers' });
  if (resolved && 'answer' in resolved) return resolved.answer;
  const root = resolved?.found;
  const now = clock.now();
  const soonBy = new Date(now.getTime() + soonMs);
  const { rows, total } = await listCustomers(db, { scope, below: root?.path ?? '/', ...page, now, soonBy });
  const about = root === undefined ? {} : { customer_id: root.id };
  if (isPastEnd(page, total)) return { content: pastEndMessage('customers', page, total, about) };
  const names = root && (await namesAbove(db, { scope, nodes: [root] })).get(root.id);
  return {
    content: customersMessage({
      ...{ rows, total, now, firstNumber: page.firstNumber },
      parentId: parentOf(input.standing, root),
      root: root === undefined ? null : { ...root, names: names ?? [root.name] },
      ...pagesBeside(page, total),
    }),
  };
}

/** Below which node a customer is added from the list: the one that is shown, else the space's, else the outermost that the person may change; null for none. */
function parentOf(standing: Standing, root: CustomerNode | undefined): string | null {
  const scope = scopeFor(standing, 'administrator');
  const node = root ?? standing.customer;
  if (isInScope(scope, node.path)) return node.id;
  const [outermost = ''] = root === undefined && scope.within !== 'all' ? scope.within : [];
  return outermost.split('/').at(-2) ?? null;
}

type Change = Exclude<TreeAct, { act: 'show' }>;

async function change(
  deps: Deps,
  input: CommandInput,
  { asked, scope }: { asked: Change; scope: Scope },
): Promise<Answer> {
  switch (asked.act) {
    case 'how':
      return asked.verb === 'add'
        ? { content: customerForm({ parent: input.standing.customer, values: {} }) }
        : { content: howMessage(asked.verb) };
    case 'add':
      return add(deps, input, { ...asked, scope });
    case 'rename':
      return rename(deps, input, { ...asked, scope });
    case 'move':
      return askToMove(deps, input, { ...asked, scope });
    case 'remove':
      return askToRemove(deps, input, { ...asked, scope });
  }
}

const changing = ({ actor, place: { roomId } }: CommandInput, scope: Scope) => ({ actor, roomId, scope });

async function add(
  deps: Deps,
  input: CommandInput,
  { name, under, kind, scope }: Extract<Change, { act: 'add' }> & { scope: Scope },
): Promise<Answer> {
  const problem = nameProblem(name);
  if (problem !== undefined) return { content: nameProblemMessage({ name, problem }) };
  const keep = { act: 'add', name, kind };
  const asked = {
    scope,
    typed: under,
    inputs: input.inputs,
    command: 'customers-act',
    keep,
    input: 'parent_id',
  } as const;
  const here = under === '' && input.inputs['parent_id'] === undefined ? await ownNode(deps, input, scope) : undefined;
  const parent = here ? { found: here } : await resolveCustomer(deps.db, asked);
  if ('answer' in parent) return parent.answer;
  const result = await addCustomer(deps, { ...changing(input, scope), parentId: parent.found.id, name, kind });
  if (result.outcome !== 'added') return { content: refusedMessage(result) };
  return { content: customerAddedMessage({ customer: result.customer, parent: parent.found }) };
}

/** Where nothing else is named: the node at which the space stands. */
const ownNode = ({ db }: Deps, { standing }: CommandInput, scope: Scope) =>
  findCustomerInScope(db, { scope, id: standing.customer.id });

async function rename(
  deps: Deps,
  input: CommandInput,
  { named, name, scope }: Extract<Change, { act: 'rename' }> & { scope: Scope },
): Promise<Answer> {
  const problem = nameProblem(name);
  if (problem !== undefined) return { content: nameProblemMessage({ name, problem }) };
  const keep = { act: 'rename', name };
  const customer = await resolveCustomer(deps.db, {
    scope,
    typed: named,
    inputs: input.inputs,
    command: 'customers-act',
    keep,
  });
  if ('answer' in customer) return customer.answer;
  const result = await renameCustomer(deps, { ...changing(input, scope), id: customer.found.id, name });
  if (result.outcome !== 'renamed') return { content: refusedMessage(result) };
  return { content: customerRenamedMessage({ id: customer.found.id, before: result.before, name }) };
}

async function askToMove(
  { db }: Deps,
  { inputs }: CommandInput,
  { named, under, scope }: Extract<Change, { act: 'move' }> & { scope: Scope },
): Promise<Answer> {
  const customer = await resolveCustomer(db, {
    scope,
    typed: named,
    inputs,
    command: 'customers-act',
    keep: { act: 'move', under },
  });
  if ('answer' in customer) return customer.answer;
  const keep = { act: 'move', customer_id: customer.found.id };
  const parent = await resolveCustomer(db, {
    scope,
    typed: under,
    inputs,
    command: 'customers-act',
    keep,
    input: 'parent_id',
  });
  if ('answer' in parent) return parent.answer;
  const nodes = [customer.found, parent.found];
  const names = await namesAbove(db, { scope, nodes });
  const [from = '', to = ''] = nodes.map(({ id, name }) => pathWords(names.get(id) ?? [name]));
  return { content: confirmMoveMessage({ customer: customer.found, parent: parent.found, from, to }) };
}

async function askToRemove(
  { db }: Deps,
  { inputs }: CommandInput,
  { named, scope }: Extract<Change, { act: 'remove' }> & { scope: Scope },
): Promise<Answer> {
  const keep = { act: 'remove' };
  const customer = await resolveCustomer(db, { scope, typed: named, inputs, command: 'customers-act', keep });
  if ('answer' in customer) return customer.answer;
  const found = await removable(db, { id: customer.found.id, scope });
  return { content: found.outcome === 'removable' ? confirmRemoveMessage(found.customer) : refusedMessage(found) };
}

/** What the choice of a customer sends along. */
const actSchema = z.object({
  act: z.enum(['add', 'rename', 'move', 'remove']),
  name: z.string().default(''),
  under: z.string().default(''),
  kind: z.enum(['reseller', 'customer', 'node']).default('customer').catch('customer'),
});

/** Goes on with an act once its customer was chosen on a card. */
export const continueAct = {
  name: 'customers-act',
  async run(deps: Deps, input: CommandInput): Promise<Answer> {
    const sent = actSchema.safeParse(input.inputs);
    if (!sent.success) return { content: howMessage('add') };
    const { act, name, under, kind } = sent.data;
    const asked = {
      add: { act: 'add', name, under, kind },
      rename: { act: 'rename', named: '', name },
      move: { act: 'move', named: '', under },
      remove: { act: 'remove', named: '' },
    } as const;
    return change(deps, input, { asked: asked[act], scope: input.scope });
  },
} as const;
