// `undo`: brings a deleted organization back, or shows what can be brought back.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { parseOrganizationNumber } from '../../webex/ids.ts';
import { resolveOrganization } from '../organization.lookup.ts';
import { findOrganizationInScope } from '../organization.store.ts';
import { type DeletedOrganization, deletedInScope, findDeletedInScope } from './deletion.store.ts';
import { backAlreadyMessage, beingDeletedMessage, tooLateMessage, undoListMessage } from './deletion.view.ts';
import { isNameOf } from './deletion-rules.ts';
import { isRestored, type UndoDeps, undoDeletion } from './undo-deletion.ts';

/** How many a card shows, each with its button. */
const mostShown = 10;

export const undo: Command<UndoDeps> = {
  name: 'undo',
  usage: 'undo [organization]',
  summary: 'Bring a deleted organization back, or see what can be brought back.',
  group: 'Organizations',
  examples: ['undo', 'undo acme'],
  async run(deps, input) {
    const { argument, inputs, scope } = input;
    const id = z.uuid().safeParse(inputs['organization_id']);
    if (id.success) {
      const chosen = await findDeletedInScope(deps.db, { scope, id: id.data });
      if (chosen) return bringBack(deps, input, chosen);
      if (await isRestored(deps, input)) return undefined;
      const isBack = await findOrganizationInScope(deps.db, { scope, id: id.data });
      return { content: isBack ? backAlreadyMessage : tooLateMessage };
    }
    const number = argument === '' ? undefined : parseOrganizationNumber(argument);
    if (number && 'uuid' in number) {
      const numbered = await findDeletedInScope(deps.db, { scope, uuid: number.uuid });
      if (numbered) return bringBack(deps, input, numbered);
    }
    const found = await deletedInScope(deps.db, { scope, part: argument, limit: mostShown + 1 });
    const called = found.filter((one) => isNameOf(one, argument));
    const [only] = called.length === 1 ? called : found;
    if (only && argument !== '' && (called.length === 1 || found.length === 1)) return bringBack(deps, input, only);
    const now = deps.clock.now();
    const other = found.length === 0 && argument !== '' ? await undoableOf(deps, input, now) : undefined;
    if (other) return other;
    const deleted = found.slice(0, mostShown);
    return { content: undoListMessage({ deleted, hasMore: found.length > mostShown, typed: argument, now }) };
  },
};

/** What can be undone of an organization that is not deleted. */
async function undoableOf({ db, recordHooks }: UndoDeps, input: CommandInput, now: Date): Promise<Answer | undefined> {
  const resolved = await resolveOrganization(db, { ...input, command: 'undo' });
  if ('answer' in resolved) return undefined;
  const { found: organization } = resolved;
  for (const { undoable } of recordHooks) {
    const content = await undoable?.(db, { scope: input.scope, organization, now });
    if (content) return { content };
  }
  return undefined;
}

async function bringBack(
  deps: UndoDeps,
  { actor, place, eventId, concerns }: CommandInput,
  { id, name, deletion }: DeletedOrganization,
): Promise<Answer | undefined> {
  concerns(id);
  switch (await undoDeletion(deps, { organizationId: id, by: actor, place, eventId })) {
    case 'restored':
      return undefined;
    case 'back':
      return { content: backAlreadyMessage };
    case 'too_late':
      return deletion.purgeBegunAt
        ? { content: beingDeletedMessage({ organization: { id, name }, deletion }) }
        : { content: tooLateMessage };
  }
}
