// Messages and clicks: each is read at Webex and answered by the router, and the answer is posted.

import type { Actor, Standing } from '../chat/actor.ts';
import type { Answer } from '../chat/answer.ts';
import { readClickInputs } from '../chat/click-inputs.ts';
import type { Answers } from '../chat/command.ts';
import type { EventHandler } from '../chat/handle-event.ts';
import { type Handled, isTooOld, type NewEvent } from '../chat/inbox.ts';
import { withoutMention } from '../chat/mention.ts';
import type { People } from '../chat/people.ts';
import type { Place, TimeZoneAt } from '../chat/place.ts';
import { removeMessage, threadKey } from '../chat/post.ts';
import { failureMessage, notReachedMessage } from '../chat/refusals.ts';
import { renderMessage } from '../chat/render-message.ts';
import { answerClick, answerMessage, isForEverybody, type RouterDeps } from '../chat/router.ts';
import { standingOf } from '../chat/standing.ts';
import { willPass } from '../db/unavailable.ts';
import { storable } from '../lib/storable.ts';
import { inTimeZone } from '../lib/time-zone.ts';
import { trackingIdIn } from '../webex/errors.ts';
import { isSameId } from '../webex/ids.ts';
import { readAttachmentAction, readMessage } from '../webex/messages.ts';
import { unlessGone } from '../webex/unless-gone.ts';
import type { WebexClock } from '../webex/webex-clock.ts';
import { findNoticeByKey } from './notice.store.ts';
import type { Renderers } from './notice.ts';
import { replyLater } from './reply.notice.ts';
import { answerKey, enqueueAnswer, type SayDeps, say } from './say.ts';
import { isAnswered, type TurnAwayDeps } from './turn-away.ts';
import { type WhereDeps, whereToAnswer, withLine } from './where-to-answer.ts';

export interface AnswerEventDeps extends RouterDeps, SayDeps, TurnAwayDeps, WhereDeps {
  people: People;
  webexClock: WebexClock;
  timeZoneAt: TimeZoneAt;
}

type Answering<Deps> = AnswerEventDeps & { answers: Answers<Deps>; renderers: Renderers<Deps> };

/** What people sent whom nobody answers. */
const turnedAway: Handled = { outcome: 'turned away' };

/**
 * Handles a message. It is a command where it is addressed to the bot. Who wrote it is known from the event, so that a stranger who is not answered costs
 * no further call.
 */
export const messageHandler = <Deps extends Answering<Deps>>(): EventHandler<Deps> => ({
  event: 'messages/created',
  async handle(deps, event) {
    if (await isQueued(deps, event)) return { outcome: 'queued' };
    const sender = event.personId === null ? undefined : await deps.people.whoIs(event.personId);
    if (sender && !(await isAnswered(deps, sender))) return turnedAway;
    const message = await unlessGone(readMessage(deps.bot, event.resourceId));
    if (!message) return { outcome: 'gone' };
    const isBot = (personId: string) => isSameId(personId, deps.botPersonId());
    if (isBot(message.personId)) return { outcome: 'own message' };
    // A mention of everybody (@all) reaches the bot as well, but is no command.
    const isAddressed = message.roomType !== 'group' || message.mentionedPeople?.some(isBot);
    if (!isAddressed) return { outcome: 'not addressed' };
    if (isTooOld(message.created ?? deps.webexClock.at(event.receivedAt), deps.webexClock.now()))
      return { outcome: 'too old' };
    const place = { roomId: message.roomId, parentMessageId: message.parentId ?? null };
    const { personId, personEmail } = message;
    const actor = await (personEmail === undefined
      ? deps.people.whoIs(personId)
      : deps.people.whoWrites(personId, personEmail));
    // Somebody whom the event did not name, or whose address has just changed.
    if (sender?.rights !== actor.rights && !(await isAnswered(deps, actor))) return turnedAway;
    const text = storable(withoutMention(message, deps.botPersonId()));
    const { files = [] } = message;
    return answerThere(deps, {
      event,
      actor,
      askedAt: message.created ?? event.receivedAt,
      asked: { place, isDirect: message.roomType === 'direct', isForEverybody: isForEverybody(deps.answers, { text }) },
      answering: (where) => answerMessage(deps, deps.answers, { text, files, actor, ...where, eventId: event.id }),
    });
  },
});

/** Handles a click on a card: an action, or a command that a button stands for. */
export const clickHandler = <Deps extends Answering<Deps>>(): EventHandler<Deps> => ({
  event: 'attachmentActions/created',
  async handle(deps, event) {
    if (await isQueued(deps, event)) return { outcome: 'queued' };
    const sender = event.personId === null ? undefined : await deps.people.whoIs(event.personId);
    if (sender && !(await isAnswered(deps, sender))) return turnedAway;
    const action = await unlessGone(readAttachmentAction(deps.bot, event.resourceId));
    if (!action) return { outcome: 'gone' };
    if (isTooOld(action.created ?? deps.webexClock.at(event.receivedAt), deps.webexClock.now()))
      return { outcome: 'too old' };
    const { roomId, messageId } = action;
    const inputs = readClickInputs(action.inputs);
    const thread = inputs[threadKey];
    const place = { roomId, parentMessageId: typeof thread === 'string' && thread !== '' ? thread : null };
    const actor = await deps.people.whoIs(action.personId);
    if (sender?.rights !== actor.rights && !(await isAnswered(deps, actor))) return turnedAway;
    return answerThere(deps, {
      event,
      actor,
      askedAt: action.created ?? event.receivedAt,
      asked: { place, isDirect: undefined, isForEverybody: isForEverybody(deps.answers, { inputs }) },
      cardMessageId: messageId,
      answering: (where) =>
        answerClick(deps, deps.answers, { inputs, actor, ...where, eventId: event.id, cardMessageId: messageId }),
    });
  },
});

/**
 * Whether an earlier try has queued the answer, in the transaction that did what was asked, and was cut off then. The same again would be answered with what
 * it finds done already.
 */
async function isQueued({ db }: Pick<SayDeps, 'db'>, { id, attempts }: NewEvent): Promise<boolean> {
  return attempts > 1 && (await findNoticeByKey(db, answerKey(id))) !== undefined;
}

interface AnswerThere {
  event: NewEvent;
  actor: Actor;
  /** When the person asked, by Webex's clock. */
  askedAt: Date;
  /** `isDirect`: undefined where Webex has not said it. What the store knows counts then: unknown spaces are group spaces. */
  asked: { place: Place; isDirect: boolean | undefined; isForEverybody: boolean };
  cardMessageId?: string;
  answering(where: { place: Place; isDirect: boolean; standing: Standing }): Promise<Answer | 'discard' | undefined>;
}

/** Answers in the space, or directly where others would read along. */
async function answerThere<Deps extends Answering<Deps>>(
  deps: Deps,
  { event, actor, askedAt, asked, cardMessageId, answering }: AnswerThere,
): Promise<Handled> {
  const there = await standingOf(deps.db, actor, asked.place.roomId);
  const { space } = there;
  const isDirectThere = asked.isDirect ?? space?.type === 'direct';
  const where = await whereToAnswer(deps, { actor, ...asked, space, isDirect: isDirectThere });
  const { place, isDirect, askedIn } = where ?? { place: asked.place, isDirect: isDirectThere, askedIn: undefined };
  const standing = askedIn === undefined ? there : await standingOf(deps.db, actor, place.roomId);
  return inTimeZone(deps.timeZoneAt(place.roomId, standing), async () => {
    const answer = where ? await answering({ place, isDirect, standing }) : { content: notReachedMessage };
    if (answer === 'discard') {
      if (cardMessageId !== undefined) await removeMessage(deps.bot, cardMessageId);
      return { outcome: 'discarded' };
    }
    const isPublic = !where || asked.isForEverybody || actor.rights === 'none';
    const said = await say(deps, { event, askedAt, place, askedBy: isPublic ? undefined : actor.email, answer });
    return withLine(deps, said, { event, askedIn });
  });
}

/** Ends an event whose last try has failed. The space is asked to send its message again. */
export function deadLetterEvent(deps: Pick<SayDeps, 'jobs' | 'clock'>, event: NewEvent, error: unknown): Handled {
  const { roomId } = event;
  if (roomId === null || event.resource === 'memberships') return { outcome: 'dead-lettered' };
  const whose = willPass(error) ? 'My database' : 'Webex';
  const message = failureMessage({
    what: `${whose} did not let me read your last message or click.`,
    hint: 'Please send it again.',
    trackingId: trackingIdIn(error),
  });
  const queued = {
    notice: replyLater(renderMessage(message)),
    place: { roomId, parentMessageId: null },
  };
  return {
    outcome: 'dead-lettered',
    save: (tx) => enqueueAnswer(deps, tx, event, queued),
    saved: () => deps.jobs.wake('notice'),
  };
}
