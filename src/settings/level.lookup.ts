// Which level a button is about, and whether whoever pressed it may change it.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { AskedFor, CommandInput } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import { isInScope } from '../db/scope.ts';
import { chainOf, type NamedLevel } from './settings.store.ts';
import { type LevelId, levelOfNode, levelOfSpace, providerLevel, SETTINGS_LEVELS } from './settings.ts';

/** A card of another version that names no level means the nearest. */
const levelSchema = z.enum(SETTINGS_LEVELS).catch('space');
const customerSchema = z.uuid();

/** Whether a button is about the space itself. What is about a node names it and counts its organizations. */
export const isOfSpace = ({ inputs }: Pick<AskedFor, 'inputs'>): boolean =>
  levelSchema.parse(inputs['level']) === 'space';

/** The levels from the provider's down to the one that the button names; or the answer to whoever may not change that one. */
export async function resolveLevel(
  db: Db,
  { inputs, scope, place }: Pick<CommandInput, 'inputs' | 'scope' | 'place'>,
): Promise<{ of: LevelId; chain: NamedLevel[] } | { answer: Answer }> {
  const level = levelSchema.parse(inputs['level']);
  const customerId = customerSchema.safeParse(inputs['customer_id']);
  if (level === 'customer' && !customerId.success) return { answer: { content: unknownCustomer } };
  const of = levelOf(level, { customerId: customerId.data ?? '', roomId: place.roomId });
  const chain = await chainOf(db, of);
  const node = chain.findLast(({ path }) => path !== '');
  if (!node || !isInScope(scope, node.path)) return { answer: { content: refusals[of.level] } };
  return { of, chain };
}

function levelOf(level: LevelId['level'], { customerId, roomId }: { customerId: string; roomId: string }): LevelId {
  if (level === 'customer') return levelOfNode(customerId);
  return level === 'space' ? levelOfSpace(roomId) : providerLevel;
}

/** The same for one that is gone and one of another branch. */
const unknownCustomer = failureMessage({
  what: 'No such customer stands here.',
  hint: 'Type settings and a customer’s name.',
});

const refusals = {
  provider: failureMessage({
    what: 'Only an administrator of the provider can change these settings, in a space that stands at the provider.',
    hint: 'Nothing was changed. Ask one of them: admins lists them.',
  }),
  customer: unknownCustomer,
  space: failureMessage({
    what: 'Only an administrator of the customer at which this space stands can change its settings.',
    hint: 'Nothing was changed. Ask one of them: admins lists them.',
  }),
} as const;
