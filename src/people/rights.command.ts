// `admins add` and `admins remove`: gives a person rights at a node, and takes them away once that was confirmed.

import { z } from 'zod';
import { scopeFor } from '../chat/actor.ts';
import type { Answer } from '../chat/answer.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import type { DirectRooms } from '../chat/direct-rooms.ts';
import { tooFewRights } from '../chat/refusals.ts';
import { rightsInScope } from '../chat/rights.store.ts';
import { customerGoneMessage } from '../customers/choose-customer.view.ts';
import { resolveCustomer } from '../customers/customer.lookup.ts';
import { findCustomerInScope } from '../customers/customer.store.ts';
import { withFallbackRoom } from '../customers/with-fallback-room.ts';
import type { Scope } from '../db/scope.ts';
import { giveRight, type RightsDeps, type TakeRightsDeps, takeRights } from './give-rights.ts';
import {
  configuredMessage,
  confirmTakeMessage,
  kindMismatchMessage,
  noEmailMessage,
  noRightsMessage,
  rightSavedMessage,
  rightsTakenMessage,
  rightUnchangedMessage,
  unknownPersonMessage,
} from './rights.view.ts';
import { emailIn, GIVEN_MAX, readGiven } from './rights-words.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** What a choice of the customer goes on with. */
    'give-right': { typed: string; customer_id?: string };
    /** Asks whether rights are to be taken away. */
    'ask-remove-rights': { person_id: string; customer_id?: string };
  }
}

export interface Deps extends RightsDeps, TakeRightsDeps {
  directRooms: DirectRooms;
  /** E-mails of the provider's administrators by configuration. */
  admins: readonly string[];
}

/** `typed` is what stands behind `admins add`. */
export async function addRights(deps: Deps, input: CommandInput, typed: string): Promise<Answer> {
  const scope = scopeFor(input.standing, 'administrator');
  if (scope.within.length === 0) return tooFewRights(input.standing, 'administrator');
  const given = readGiven(typed);
  if (!given) return { content: noEmailMessage };
  const { email, role, kind } = given;
  if (deps.admins.includes(email)) return { content: configuredMessage(email) };
  const node = await nodeMeant(deps, input, { scope, customer: given.customer, typed });
  if ('answer' in node) return node.answer;
  const { id: customerId } = node.found;
  if (kind !== undefined && kind !== node.found.kind)
    return { content: kindMismatchMessage({ kind, node: node.found }) };
  const by = { actor: input.actor, roomId: input.place.roomId, scope, eventId: input.eventId };
  const result = await giveRight(deps, { ...by, email, role, customerId });
  switch (result.outcome) {
    case 'given':
      return { content: rightSavedMessage({ email, role, ...result }) };
    case 'unchanged':
      return { content: rightUnchangedMessage({ email, role, ...result }) };
    case 'unknown':
    case 'ambiguous':
      return { content: unknownPersonMessage({ email, outcome: result.outcome }) };
    case 'gone':
      return { content: customerGoneMessage };
  }
}

/** The customer that was typed, else the node at which the space stands. */
async function nodeMeant(
  { db }: Deps,
  { inputs, standing }: CommandInput,
  { scope, customer, typed }: { scope: Scope; customer: string; typed: string },
) {
  const here = customer === '' && inputs['customer_id'] === undefined;
  const found = here ? await findCustomerInScope(db, { scope, id: standing.customer.id }) : undefined;
  if (found) return { found };
  return resolveCustomer(db, {
    scope,
    typed: customer,
    inputs,
    command: 'give-right',
    keep: { typed: typed.slice(0, GIVEN_MAX) },
  });
}

/** `typed` is what stands behind `admins remove`: an e-mail, and a customer where one of several rights is meant. */
export async function askToTakeRights(deps: Deps, input: CommandInput, typed: string): Promise<Answer> {
  const [, address = '', customer = ''] = /^(\S+)\s*(.*)$/s.exec(typed) ?? [];
  const email = emailIn(address);
  if (email === undefined) return { content: noEmailMessage };
  const scope = scopeFor(input.standing, 'administrator');
  if (deps.admins.includes(email)) return { content: configuredMessage(email) };
  let customerId: string | undefined;
  if (customer !== '') {
    const node = await resolveCustomer(deps.db, { scope, typed: customer, inputs: input.inputs, command: 'admins' });
    if ('answer' in node) return node.answer;
    customerId = node.found.id;
  }
  return confirm(deps, { scope, of: { email }, customerId, email });
}

async function confirm(
  { db }: Deps,
  {
    scope,
    of,
    customerId,
    email,
  }: { scope: Scope; of: { email: string } | { personId: string }; customerId: string | undefined; email: string },
): Promise<Answer> {
  const held = (await rightsInScope(db, { scope, ...of })).filter(
    (right) => customerId === undefined || right.customerId === customerId,
  );
  const [first] = held;
  if (!first) return { content: noRightsMessage(email) };
  return { content: confirmTakeMessage({ email: first.email, personId: first.personId, customerId, rights: held }) };
}

const whose = z.object({ person_id: z.string().min(1), customer_id: z.uuid().optional() });

/** Goes on with `admins add` once the customer was chosen. */
export const giveRightChosen: Action<Deps> = {
  name: 'give-right',
  run: (deps, input) => addRights(deps, input, String(input.inputs['typed'] ?? '')),
};

/** The button of a person in the list. */
export const askFromList: Action<Deps> = {
  name: 'ask-remove-rights',
  async run(deps, { inputs, scope }) {
    const sent = whose.safeParse(inputs);
    if (!sent.success) return { content: noRightsMessage('This person') };
    const of = { personId: sent.data.person_id };
    return confirm(deps, { scope, of, customerId: sent.data.customer_id, email: 'This person' });
  },
};

/** Takes rights away, as was confirmed. */
export const takeConfirmed: Action<Deps> = {
  name: 'remove-rights',
  async run(deps, { inputs, scope, actor, place, cardMessageId }) {
    const sent = whose.safeParse(inputs);
    if (!sent.success) return { content: noRightsMessage('This person') };
    const { person_id: personId, customer_id: customerId } = sent.data;
    const by = { actor, roomId: place.roomId, scope };
    const { taken, rehomed } = await withFallbackRoom(deps.directRooms, actor, (fallbackRoomId) =>
      takeRights(deps, { ...by, personId, customerId, fallbackRoomId }),
    );
    const [first] = taken;
    if (!first) return { content: noRightsMessage('This person') };
    const nodes = taken.map(({ node }) => node.name);
    return { content: rightsTakenMessage({ email: first.email, nodes, rehomed }), replacesMessageId: cardMessageId };
  },
};
