// Posts the answer to a command or a click in its place, once; what Webex does not take now is owed and delivered later.

import { type Answer, isNotice } from '../chat/answer.ts';
import { type FindDeps, findPosted, hashText, type Lookup } from '../chat/find-posted.ts';
import { finishEvent } from '../chat/inbox.store.ts';
import type { NewEvent } from '../chat/inbox.ts';
import { postReply, removeMessage } from '../chat/post.ts';
import { failureReply } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Log } from '../log.ts';
import { trackingIdIn, WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import { enqueueNotice } from './enqueue-notice.ts';
import type { Notice, Place } from './notice.ts';
import { type RenderDeps, renderNotice } from './render-notice.ts';

export interface SayDeps extends RenderDeps, FindDeps {
  jobs: Jobs;
  log: Log;
}

export interface Said {
  event: NewEvent;
  /** When it was asked, by Webex's clock: no answer is older. */
  askedAt: Date;
  place: Place;
  /** Undefined where the answer is owed already. */
  answer: Answer | undefined;
}

/** Says in a word, for the event's row, what became of the answer. An event that is handled again is answered again only where no answer stands. */
export async function say(deps: SayDeps, { event, askedAt, place, answer }: Said): Promise<string> {
  if (!answer) return 'owed';
  const { content, replacesMessageId, further = [] } = answer;
  const isRetry = event.attempts > 1;
  let lookup: Lookup | undefined;
  try {
    const reply = isNotice(content) ? await renderNotice(deps, content, place) : content;
    lookup = { since: askedAt, hash: hashText(reply.markdown) };
    const stands = isRetry && (await findPosted(deps, place, lookup)) !== undefined;
    if (!stands) await postReply(deps.bot, place, reply);
  } catch (error) {
    if (!(error instanceof WebexUnavailable)) return sayFailed(deps, place, error);
    const notice: Notice = isNotice(content) ? content : { kind: 'reply', reply: { ...content } };
    const mayStand = isRetry || !error.untouched ? lookup : undefined;
    await deps.db.transaction(async (tx) => {
      await enqueueAnswer(deps, tx, event, { notice, place, replacesMessageId, lookup: mayStand });
      await enqueueFurther(deps, tx, event, { further, place });
      await finishEvent(tx, { id: event.id, outcome: 'owed', now: deps.clock.now() });
    });
    deps.jobs.wake('notice');
    return 'owed';
  }
  if (further.length > 0) {
    await deps.db.transaction(async (tx) => {
      await enqueueFurther(deps, tx, event, { further, place });
      await finishEvent(tx, { id: event.id, outcome: 'answered', now: deps.clock.now() });
    });
    deps.jobs.wake('notice');
  }
  if (replacesMessageId !== undefined) await removeMessage(deps.bot, replacesMessageId);
  return 'answered';
}

/** Owes the answer to an event; a second answer to the same event is not owed. */
export function enqueueAnswer(
  { jobs, clock }: Pick<SayDeps, 'jobs' | 'clock'>,
  tx: Db,
  event: NewEvent,
  owed: { notice: Notice; place: Place; replacesMessageId?: string | undefined; lookup?: Lookup | undefined },
): Promise<void> {
  return enqueueNotice({ tx, jobs }, { ...owed, key: `reply:${event.id}`, now: clock.now() });
}

/** Owes what follows the answer to an event, each once however often the event is handled. */
async function enqueueFurther(
  { jobs, clock }: Pick<SayDeps, 'jobs' | 'clock'>,
  tx: Db,
  event: NewEvent,
  { further, place }: { further: readonly Notice[]; place: Place },
): Promise<void> {
  for (const [index, notice] of further.entries()) {
    await enqueueNotice({ tx, jobs }, { notice, place, key: `reply:${event.id}:${index + 1}`, now: clock.now() });
  }
}

/** Webex refused the answer, or it could not be made: says that in its place, where that at least is taken. */
async function sayFailed(deps: SayDeps, place: Place, error: unknown): Promise<string> {
  deps.log.error({ err: error }, 'an answer could not be posted');
  const reply = failureReply({
    what: 'I could not show the answer here.',
    hint: 'Try again, or in another space.',
    trackingId: trackingIdIn(error),
  });
  try {
    await postReply(deps.bot, place, reply);
    return 'failed';
  } catch (again) {
    if (again instanceof WebexRefused) return 'refused';
    throw again;
  }
}
