// /attachment/actions: a person presses a button of a card, and the sender of the card reads what was typed in.

import { z } from 'zod';
import { webexId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { AttachmentAction } from '../world.ts';
import { membershipOf } from './access.ts';
import { type Answer, badRequest, forbidden, jsonBody, notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened'>;

const NewAction = z.object({
  type: z.literal('submit'),
  messageId: z.string(),
  inputs: z.record(z.string(), z.unknown()),
});

export function attachmentActionRoutes(deps: Deps): Route[] {
  const { world, happened } = deps;
  return [
    {
      method: 'POST',
      path: '/attachment/actions',
      scopes: ['spark:messages_write'],
      handle(caller, call): Answer {
        const { type, messageId, inputs } = jsonBody(NewAction, call);
        const card = world.messages.get(messageId);
        if (card === undefined || membershipOf(deps, card.roomId, caller.person.id) === undefined) {
          throw notFound('Could not find a message with provided ID.');
        }
        if (card.attachments.length === 0) throw badRequest('messageId: the message carries no card');
        if (caller.person.type === 'bot') throw forbidden('A bot cannot press the buttons of a card.');
        const action: AttachmentAction = {
          id: webexId('ATTACHMENT_ACTION'),
          type,
          messageId,
          roomId: card.roomId,
          personId: caller.person.id,
          inputs,
          created: deps.now().toISOString(),
        };
        world.actions.set(action.id, action);
        happened({ resource: 'attachmentActions', event: 'created', actorId: caller.person.id, action, card });
        return { status: 202, body: action };
      },
    },
    {
      method: 'GET',
      path: '/attachment/actions/{id}',
      scopes: ['spark:messages_read'],
      handle(caller, call) {
        const action = world.actions.get(call.params['id'] ?? '');
        const sender = action === undefined ? undefined : world.messages.get(action.messageId)?.personId;
        const mayRead = sender === caller.person.id || action?.personId === caller.person.id;
        if (action === undefined || !mayRead) throw notFound('Could not find an attachment action with provided ID.');
        return ok(action);
      },
    },
  ];
}
