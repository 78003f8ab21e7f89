// `delete`: a card that names what goes and wants the name typed; then the deletion, or the approval of a second administrator.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { Action, Command, CommandInput } from '../../chat/command.ts';
import type { Message } from '../../chat/message.ts';
import { goneAnswer, goneMessage, resolveOrganization } from '../organization.lookup.ts';
import { findOrganizationInScope, type Organization } from '../organization.store.ts';
import {
  type DeleteDeps,
  type DeletionClick,
  decideDeletion,
  deleteOrganization,
  isDone,
} from './delete-organization.ts';
import { findRequestInScope } from './deletion.store.ts';
import {
  APPROVE_DELETION,
  askedAlreadyMessage,
  CONFIRM_DELETION,
  confirmDeletionForm,
  DECLINE_DELETION,
  nobodyApprovesMessage,
  ownRequestMessage,
  requestOverMessage,
  TYPED_NAME,
} from './deletion.view.ts';
import { deletionContents } from './deletion-contents.ts';
import { isNameOf } from './deletion-rules.ts';

export const deleteCommand: Command<DeleteDeps> = {
  name: 'delete',
  usage: 'delete <organization>',
  summary: 'Delete an organization with all its data. For 7 days undo brings it back.',
  group: 'Organizations',
  examples: ['delete acme'],
  async run(deps, input) {
    const resolved = await resolveOrganization(deps.db, { ...input, command: 'delete' });
    if ('answer' in resolved) return resolved.answer;
    return { content: await formOf(deps, resolved.found) };
  },
};

async function formOf(deps: DeleteDeps, organization: Organization, typed?: string): Promise<Message> {
  return confirmDeletionForm({
    organization,
    ...(await deletionContents(deps, organization)),
    ...(typed === undefined ? {} : { typed }),
  });
}

/** The card that was confirmed. A wrong name brings the card back, with what was typed. */
export const confirmDeletion: Action<DeleteDeps> = {
  name: CONFIRM_DELETION,
  async run(deps, input) {
    const { inputs, scope, concerns, cardMessageId } = input;
    const id = z.uuid().safeParse(inputs['organization_id']);
    const organization = id.success && (await findOrganizationInScope(deps.db, { scope, id: id.data }));
    if (!organization) {
      if (await isDone(deps, clickOf(input))) return undefined;
      return { content: id.success ? await goneAnswer(deps.db, { scope, id: id.data }) : goneMessage };
    }
    concerns(organization.id);
    const typed = String(inputs[TYPED_NAME] ?? '');
    if (!isNameOf(organization, typed)) {
      return { content: await formOf(deps, organization, typed), replacesMessageId: cardMessageId };
    }
    const result = await deleteOrganization(deps, { organizationId: organization.id, ...clickOf(input) });
    switch (result.outcome) {
      case 'deleted':
      case 'asked':
        return undefined;
      case 'asked_already': {
        const { id: requestId, askedBy, expiresAt } = result.request;
        const view = { organization, requestId, askedBy, expiresAt, now: deps.clock.now() };
        return { content: askedAlreadyMessage(view), replacesMessageId: cardMessageId };
      }
      case 'nobody_approves':
        return { content: nobodyApprovesMessage };
      case 'gone':
        return { content: await goneAnswer(deps.db, { scope, id: organization.id }) };
    }
  },
};

export const approveDeletion: Action<DeleteDeps> = { name: APPROVE_DELETION, run: decide(true) };
export const declineDeletion: Action<DeleteDeps> = { name: DECLINE_DELETION, run: decide(false) };

function decide(approves: boolean) {
  return async (deps: DeleteDeps, input: CommandInput): Promise<Answer | undefined> => {
    const id = z.uuid().safeParse(input.inputs['request_id']);
    const found = id.success && (await findRequestInScope(deps.db, { scope: input.scope, id: id.data }));
    if (!found || found.request.decidedAt !== null) {
      return (await isDone(deps, clickOf(input))) ? undefined : { content: requestOverMessage };
    }
    const { request } = found;
    input.concerns(request.organizationId);
    switch (await decideDeletion(deps, { request, approves, ...clickOf(input) })) {
      case 'deleted':
      case 'declined':
      case 'withdrawn':
        return undefined;
      case 'own':
        return { content: ownRequestMessage };
      case 'expired':
      case 'decided':
      case 'gone':
        return { content: requestOverMessage };
    }
  };
}

const clickOf = ({ actor, place, eventId, cardMessageId }: CommandInput): DeletionClick => ({
  by: { personId: actor.personId, email: actor.email },
  place,
  eventId,
  cardMessageId,
});
