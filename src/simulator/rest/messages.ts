// /messages: posting, reading, listing, editing and deleting, with what a bot may not see.

import { z } from 'zod';
import { webexId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { Message, Person, Room } from '../world.ts';
import { mayRead, membershipIn, membershipOf } from './access.ts';
import {
  badRequest,
  type Call,
  type Caller,
  forbidden,
  jsonBody,
  nextPage,
  noContent,
  notFound,
  ok,
  pageSize,
  type Route,
} from './answer.ts';
import { cardAttachments, checkedCards, limitedText, type MessageBody, readMessageBody } from './message-body.ts';
import { said } from './message-text.ts';
import { createRoom } from './rooms.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened' | 'url'>;

/** Webex edits a message ten times (OpenAPI, PUT /messages/{messageId}). */
const EDIT_LIMIT = 10;

/** As many messages as one answer of /messages/direct holds. */
const DIRECT_MESSAGES = 50;

/** The world remembers this many messages of a room; older ones are forgotten, so that a long run stays small. */
const MESSAGES_KEPT_PER_ROOM = 1000;

const Edit = z
  .object({ roomId: z.string(), text: limitedText, markdown: limitedText, attachments: cardAttachments })
  .refine((body) => body.text || body.markdown, { message: 'text or markdown must be given', path: ['text'] });

export function messageRoutes(deps: Deps): Route[] {
  const { world, happened } = deps;
  const view = (message: Message) => messageView(deps, message);

  return [
    {
      method: 'POST',
      path: '/messages',
      scopes: ['spark:messages_write'],
      async handle(caller, call) {
        const body = await readMessageBody(call);
        const room = addressed(deps, caller, body);
        const parentId = body.parentId === undefined ? undefined : rootIn(deps, room, body.parentId);
        const created = deps.now().toISOString();
        const message: Message = {
          id: webexId('MESSAGE'),
          roomId: room.id,
          roomType: room.type,
          ...(parentId === undefined ? {} : { parentId }),
          ...(body.toPersonId === undefined ? {} : { toPersonId: body.toPersonId }),
          ...(body.toPersonEmail === undefined ? {} : { toPersonEmail: body.toPersonEmail }),
          personId: caller.person.id,
          personEmail: caller.person.email,
          ...said(deps, { roomId: room.id, text: body.text, markdown: body.markdown }),
          files: body.files,
          attachments: body.attachments,
          created,
          edits: 0,
        };
        world.messages.set(message.id, message);
        world.rooms.set(room.id, { ...room, lastActivity: created });
        forgetOld(deps, room.id);
        happened({ resource: 'messages', event: 'created', actorId: caller.person.id, message });
        return ok(view(message));
      },
    },
    {
      method: 'GET',
      path: '/messages',
      scopes: ['spark:messages_read'],
      handle: (caller, call) => list(deps, caller, call),
    },
    {
      method: 'GET',
      path: '/messages/direct',
      scopes: ['spark:messages_read'],
      handle: (caller, call) => listDirect(deps, caller, call),
    },
    {
      method: 'GET',
      path: '/messages/{messageId}',
      scopes: ['spark:messages_read'],
      handle: (caller, call) => ok(view(readable(deps, caller, call.params['messageId'] ?? ''))),
    },
    {
      method: 'PUT',
      path: '/messages/{messageId}',
      scopes: ['spark:messages_write'],
      handle(caller, call) {
        const message = readable(deps, caller, call.params['messageId'] ?? '');
        const body = jsonBody(Edit, call);
        if (message.personId !== caller.person.id) throw forbidden('Only the author of a message can edit it.');
        if (body.roomId !== message.roomId) throw badRequest('roomId: is not the room of the message');
        if (message.files.length > 0) throw badRequest('A message with files cannot be edited.');
        if (message.attachments.length > 0 && world.switches.cardMessages === 'not_editable') {
          throw badRequest('A message with attachments cannot be edited.');
        }
        if (message.edits >= EDIT_LIMIT) throw badRequest(`A message can be edited ${EDIT_LIMIT} times.`);
        const { text: _text, markdown: _markdown, html: _html, ...rest } = message;
        const changed: Message = {
          ...rest,
          ...said(deps, body),
          // A card that comes with the edit takes the place of the one before, which stays without one.
          attachments: checkedCards(body.attachments) ?? message.attachments,
          updated: deps.now().toISOString(),
          edits: message.edits + 1,
        };
        world.messages.set(changed.id, changed);
        happened({ resource: 'messages', event: 'updated', actorId: caller.person.id, message: changed });
        return ok(view(changed));
      },
    },
    {
      method: 'DELETE',
      path: '/messages/{messageId}',
      scopes: ['spark:messages_write'],
      handle(caller, call) {
        const message = readable(deps, caller, call.params['messageId'] ?? '');
        if (message.personId !== caller.person.id) throw forbidden('Only the author of a message can delete it.');
        world.messages.delete(message.id);
        happened({ resource: 'messages', event: 'deleted', actorId: caller.person.id, message });
        return noContent();
      },
    },
  ];
}

/** A message as Webex shows it; files are links to /contents. */
export function messageView(deps: Pick<Parts, 'url'>, message: Message): Record<string, unknown> {
  const { edits: _edits, files, attachments, mentionedPeople, mentionedGroups, ...rest } = message;
  return {
    ...rest,
    ...(files.length > 0 ? { files: files.map(({ id }) => `${deps.url()}/v1/contents/${id}`) } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(mentionedPeople.length > 0 ? { mentionedPeople } : {}),
    ...(mentionedGroups.length > 0 ? { mentionedGroups } : {}),
    isVoiceClip: false,
  };
}

function readable(deps: Deps, caller: Caller, id: string): Message {
  const message = deps.world.messages.get(id);
  if (message === undefined || membershipOf(deps, message.roomId, caller.person.id) === undefined) {
    throw notFound('Could not find a message with provided ID.');
  }
  if (!mayRead(deps, caller.person, message)) throw forbidden();
  return message;
}

/** The room that a new message goes to; a first direct message makes the direct room. */
function addressed(deps: Deps, caller: Caller, body: MessageBody): Room {
  const targets = [body.roomId, body.toPersonId, body.toPersonEmail].filter((target) => target !== undefined);
  if (targets.length !== 1)
    throw badRequest('roomId: exactly one of roomId, toPersonId and toPersonEmail must be given');
  if (body.roomId !== undefined) return membershipIn(deps, caller, body.roomId).room;
  const person = personOf(deps, { id: body.toPersonId, email: body.toPersonEmail });
  if (person.id === caller.person.id) throw badRequest('toPersonId: a direct message needs another person');
  return (
    directRoomOf(deps, caller.person, person) ??
    createRoom(deps, {
      type: 'direct',
      title: person.displayName,
      creator: caller.person,
      members: [caller.person, person],
    })
  );
}

function personOf(deps: Deps, { id, email }: { id?: string | undefined; email?: string | undefined }): Person {
  const person = [...deps.world.people.values()].find(
    (one) => !one.deleted && (one.id === id || one.email === email?.toLowerCase()),
  );
  if (person === undefined) throw notFound('Person not found.');
  return person;
}

/** The space of two people alone, where they have one. */
function directRoomOf(deps: Deps, one: Person, other: Person): Room | undefined {
  return [...deps.world.rooms.values()].find(
    (room) =>
      room.type === 'direct' &&
      membershipOf(deps, room.id, one.id) !== undefined &&
      membershipOf(deps, room.id, other.id) !== undefined,
  );
}

/** GET /messages/direct: the newest messages with one person. Throws a 404 where the two have no space. */
function listDirect(deps: Deps, caller: Caller, call: Call) {
  const id = call.query.get('personId') ?? undefined;
  const email = call.query.get('personEmail') ?? undefined;
  if (id === undefined && email === undefined) throw badRequest('personId: personId or personEmail must be given');
  const room = directRoomOf(deps, caller.person, personOf(deps, { id, email }));
  if (room === undefined) throw notFound('Could not find a room with provided ID.');
  const messages = [...deps.world.messages.values()].reverse().filter((message) => message.roomId === room.id);
  return ok({ items: messages.slice(0, DIRECT_MESSAGES).map((message) => messageView(deps, message)) });
}

function rootIn(deps: Deps, room: Room, parentId: string): string {
  const parent = deps.world.messages.get(parentId);
  if (parent === undefined || parent.roomId !== room.id) throw badRequest('parentId: is no message of this room');
  if (parent.parentId !== undefined) throw badRequest('parentId: must be the first message of a thread, not a reply');
  return parentId;
}

function list(deps: Deps, caller: Caller, call: Call) {
  const roomId = call.query.get('roomId');
  if (roomId === null) throw badRequest('roomId: must be given');
  const { room } = membershipIn(deps, caller, roomId);
  const mentionedPeople = call.query.get('mentionedPeople');
  if (caller.person.type === 'bot' && room.type === 'group' && mentionedPeople !== 'me') throw forbidden();
  const mentioned = mentionedPeople === 'me' ? caller.person.id : mentionedPeople;
  const parentId = call.query.get('parentId');
  const before = call.query.get('before');
  if (before !== null && Number.isNaN(Date.parse(before)))
    throw badRequest('before: must be an ISO 8601 date and time');
  const max = pageSize(call, { usual: 50, most: 1000 });

  const messages = [...deps.world.messages.values()].reverse().filter((message) => message.roomId === room.id);
  const beforeMessage = call.query.get('beforeMessage');
  const from = beforeMessage === null ? 0 : messages.findIndex(({ id }) => id === beforeMessage) + 1;
  if (beforeMessage !== null && from === 0) throw badRequest('beforeMessage: is no message of this room');
  const matching = messages
    .slice(from)
    .filter((message) => mentioned === null || message.mentionedPeople.includes(mentioned))
    .filter((message) => parentId === null || message.parentId === parentId)
    .filter((message) => before === null || Date.parse(message.created) < Date.parse(before));
  const items = matching.slice(0, max);
  const last = items.at(-1);
  const more = matching.length > items.length && last !== undefined;
  return ok(
    { items: items.map((message) => messageView(deps, message)) },
    more ? nextPage(call, { beforeMessage: last.id, max: String(max) }) : {},
  );
}

function forgetOld(deps: Deps, roomId: string): void {
  const { messages } = deps.world;
  let count = 0;
  for (const message of messages.values()) if (message.roomId === roomId) count++;
  for (const message of messages.values()) {
    if (count <= MESSAGES_KEPT_PER_ROOM) return;
    if (message.roomId !== roomId) continue;
    messages.delete(message.id);
    count--;
  }
}
