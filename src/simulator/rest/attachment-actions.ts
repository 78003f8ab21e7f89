// /attachment/actions: a person presses a button of a card, and the sender of the card reads what was typed in.

import { z } from 'zod';
import { webexId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { AttachmentAction } from '../world.ts';
import { membershipOf } from './access.ts';
import { type Answer, badRequest, forbidden, jsonBody, notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened'>;

/** Older ones are forgotten, so that a long run stays small. */
const ACTIONS_KEPT = 1000;

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
          senderId: card.personId,
        };
        world.actions.set(action.id, action);
        const [oldest] = world.actions.keys();
        if (world.actions.size > ACTIONS_KEPT && oldest !== undefined) world.actions.delete(oldest);
        happened({ resource: 'attachmentActions', event: 'created', actorId: caller.person.id, action });
        return { status: world.switches.attachmentActions, body: view(action) };
      },
    },
    {
      method: 'GET',
      path: '/attachment/actions/{id}',
      scopes: ['spark:messages_read'],
      handle(caller, call) {
        const action = world.actions.get(call.params['id'] ?? '');
        const mayRead = action?.senderId === caller.person.id || action?.personId === caller.person.id;
        if (action === undefined || !mayRead) throw notFound('Could not find an attachment action with provided ID.');
        return ok(view(action));
      },
    },
  ];
}

function view(action: AttachmentAction): Omit<AttachmentAction, 'senderId'> {
  const { senderId: _senderId, ...rest } = action;
  return rest;
}
