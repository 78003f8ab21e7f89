// What to do with one event of Webex: a message is a command, a card action is a click, a membership is a space joined or left.

import type { Db } from '../db/database.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { enqueueAnswer, type SayDeps, say } from '../notices/say.ts';
import type { Spaces } from '../spaces/framework.ts';
import { findSpace, joinSpace, leaveSpace } from '../spaces/space.store.ts';
import { trackingIdIn, WebexRefused } from '../webex/errors.ts';
import { readAttachmentAction, readMessage } from '../webex/messages.ts';
import type { NewEvent } from './inbox.ts';
import { withoutMention } from './mention.ts';
import type { People } from './people.ts';
import { removeMessage, threadKey } from './post.ts';
import { failureReply } from './refusals.ts';
import { answerClick, answerMessage, type RouterDeps } from './router.ts';

export interface EventDeps extends RouterDeps, SayDeps {
  people: People;
  spaces: Spaces;
}

/** What comes of an event that is not for us, as far as the event itself tells; undefined where it must be handled. */
export function foregoneOutcome(botPersonId: string, event: NewEvent): string | undefined {
  // Our own messages come back as events; the sender stands in the event, so that they cost no call.
  return event.resource === 'messages' && event.personId === botPersonId ? 'own message' : undefined;
}

/**
 * Handles an event and says in a word what came of it, for the event's row.
 * @throws WebexUnavailable where Webex could not be asked what the event is about
 */
export function handleEvent(deps: EventDeps, event: NewEvent): Promise<string> {
  switch (`${event.resource}/${event.event}`) {
    case 'messages/created':
      return handleMessage(deps, event);
    case 'attachmentActions/created':
      return handleClick(deps, event);
    case 'memberships/created':
      return handleJoined(deps, event);
    case 'memberships/deleted':
      return handleLeft(deps, event);
    default:
      return Promise.resolve('ignored');
  }
}

/** After the last try: says in the space that something was missed, as far as Webex lets us. */
export async function deadLetterEvent(deps: EventDeps, event: NewEvent, error: unknown): Promise<void> {
  if (event.roomId === null || event.resource === 'memberships') return;
  const reply = failureReply({
    what: 'Webex did not let me read your last message or click.',
    hint: 'Please send it again.',
    trackingId: trackingIdIn(error),
  });
  const place = { roomId: event.roomId, parentMessageId: null };
  await enqueueAnswer(deps, deps.db, event, { notice: { kind: 'reply', reply: { ...reply } }, place });
  deps.jobs.wake('notice');
}

async function handleMessage(deps: EventDeps, event: NewEvent): Promise<string> {
  // An event that came before the bot knew who it is.
  const foregone = foregoneOutcome(deps.botPersonId(), event);
  if (foregone !== undefined) return foregone;
  const message = await unlessGone(readMessage(deps.bot, event.resourceId));
  if (!message) return 'gone';
  if (message.personId === deps.botPersonId()) return 'own message';
  // A mention of everybody reaches the bot as well; it is no command.
  const isAddressed = message.roomType !== 'group' || message.mentionedPeople?.includes(deps.botPersonId());
  if (!isAddressed) return 'not addressed';
  const place = { roomId: message.roomId, parentMessageId: message.parentId ?? null };
  const answer = await answerMessage(deps, {
    text: withoutMention(message, deps.botPersonId()),
    person: await deps.people.met(message.personId, message.personEmail),
    place,
    isDirect: message.roomType === 'direct',
    eventId: event.id,
  });
  return say(deps, { event, askedAt: message.created, place, answer });
}

async function handleClick(deps: EventDeps, event: NewEvent): Promise<string> {
  const action = await unlessGone(readAttachmentAction(deps.bot, event.resourceId));
  if (!action) return 'gone';
  const thread = action.inputs[threadKey];
  const place = { roomId: action.roomId, parentMessageId: typeof thread === 'string' && thread !== '' ? thread : null };
  const answer = await answerClick(deps, {
    inputs: action.inputs,
    person: await deps.people.whoIs(action.personId),
    place,
    isDirect: await deps.isDirect(action.roomId),
    eventId: event.id,
    cardMessageId: action.messageId,
  });
  if (answer === 'discard') {
    await removeMessage(deps.bot, action.messageId);
    return 'discarded';
  }
  return say(deps, { event, askedAt: action.created, place, answer });
}

async function handleJoined(deps: EventDeps, event: NewEvent): Promise<string> {
  const change = ownMembership(deps, event);
  if (!change) return 'not ours';
  const { roomId, type, title } = await deps.spaces.joined(change);
  const now = deps.clock.now();
  // Greeted once for each joining that Webex tells of: the space may be known already, from a command that came first or from before
  // a removal that we were not told of.
  await deps.db.transaction(async (tx) => {
    await joinSpace(tx, { roomId, type, title, now });
    const place = { roomId, parentMessageId: null };
    await enqueueNotice(
      { tx, jobs: deps.jobs },
      { key: `greeting:${event.id}`, notice: { kind: 'greeting' }, place, now },
    );
  });
  deps.jobs.wake('notice');
  return 'greeted';
}

async function handleLeft(deps: EventDeps, event: NewEvent): Promise<string> {
  const change = ownMembership(deps, event);
  if (!change) return 'not ours';
  await deps.spaces.left(change);
  await leaveSpace(deps.db, { roomId: change.roomId, now: deps.clock.now() });
  return 'left';
}

function ownMembership(deps: EventDeps, { resourceId, roomId, personId, actorId }: NewEvent) {
  if (roomId === null || personId !== deps.botPersonId()) return undefined;
  return { membershipId: resourceId, roomId, personId, actorId: actorId ?? undefined };
}

/** Undefined where the thing was deleted, or is hidden from us, before we could read it. */
async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WebexRefused && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

/** Whether a space is one with a single person. */
export async function isDirectSpace(db: Db, roomId: string): Promise<boolean> {
  return (await findSpace(db, roomId))?.type === 'direct';
}
