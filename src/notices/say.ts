// Posts the answer to a command or a click, once. An answer that Webex does not take now goes to the outbox.

import { type Answer, isNotice, type Notice } from '../chat/answer.ts';
import { type FindDeps, findPosted, hashText, type Lookup } from '../chat/find-posted.ts';
import type { Handled, NewEvent } from '../chat/inbox.ts';
import type { Place } from '../chat/place.ts';
import { postReply, removeMessage } from '../chat/post.ts';
import { failureMessage } from '../chat/refusals.ts';
import { renderMessage } from '../chat/render-message.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { willPass } from '../db/unavailable.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { trackingIdIn, WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import { enqueueNotice } from './enqueue-notice.ts';
import { type Renderers, rendererOf } from './notice.ts';
import { replyLater } from './reply.notice.ts';

export interface SayDeps extends FindDeps {
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

export interface Said {
  event: NewEvent;
  /** When the person asked, by Webex's clock: no answer is older. */
  askedAt: Date;
  place: Place;
  /** The administrator who asked; undefined where everybody may read the answer. */
  askedBy: string | undefined;
  /** Undefined where the answer is queued already. */
  answer: Answer | undefined;
}

/** Posts the answer and says what became of it. An event that is handled again is answered only where no answer stands yet. */
export async function say<Deps extends SayDeps & { renderers: Renderers<Deps> }>(
  deps: Deps,
  { event, askedAt, place, askedBy, answer }: Said,
): Promise<Handled> {
  if (!answer) return { outcome: 'queued' };
  const { content, replacesMessageId, further = [] } = answer;
  const isRetry = event.attempts > 1;
  let lookup: Lookup | undefined;
  try {
    const reply = isNotice(content)
      ? await rendererOf(deps.renderers, content).render(deps, content, place)
      : renderMessage(content);
    lookup = { since: askedAt, hash: hashText(reply.markdown) };
    const stands = isRetry && (await findPosted(deps, place, lookup)) !== undefined;
    if (!stands) await postReply(deps.bot, place, reply);
  } catch (error) {
    if (willPass(error)) throw error;
    if (!(error instanceof WebexUnavailable)) return sayFailed(deps, place, error);
    const notice = isNotice(content) ? content : replyLater(renderMessage(content), askedBy);
    const mayStand = isRetry || !error.untouched ? lookup : undefined;
    return {
      outcome: 'queued',
      save: async (tx) => {
        await enqueueAnswer(deps, tx, event, { notice, place, replacesMessageId, lookup: mayStand });
        await enqueueFurther(deps, tx, event, { further, place });
      },
      saved: () => deps.jobs.wake('notice'),
    };
  }
  if (replacesMessageId !== undefined) await removeMessage(deps.bot, replacesMessageId);
  if (further.length === 0) return { outcome: 'answered' };
  return {
    outcome: 'answered',
    save: (tx) => enqueueFurther(deps, tx, event, { further, place }),
    saved: () => deps.jobs.wake('notice'),
  };
}

/** The key of the notice that answers an event. */
export const answerKey = (eventId: string): string => `reply:${eventId}`;

/** Queues the answer to an event. A second answer to the same event is not queued. */
export async function enqueueAnswer(
  { jobs, clock }: Pick<SayDeps, 'jobs' | 'clock'>,
  tx: Db,
  event: NewEvent,
  queued: { notice: Notice; place: Place; replacesMessageId?: string | undefined; lookup?: Lookup | undefined },
): Promise<void> {
  await enqueueNotice({ tx, jobs }, { ...queued, key: answerKey(event.id), now: clock.now() });
}

/** Queues the notices that follow the answer, each once, however often the event is handled. */
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

/** Posts a short failure message in place of an answer that could not be made or that Webex refused. */
async function sayFailed({ bot, log }: SayDeps, place: Place, error: unknown): Promise<Handled> {
  log.error({ err: error }, 'an answer could not be posted');
  const message = failureMessage({
    what: 'I could not show the answer here.',
    hint: 'Try again, or in another space.',
    trackingId: trackingIdIn(error),
  });
  try {
    await postReply(bot, place, renderMessage(message));
    return { outcome: 'failed' };
  } catch (again) {
    if (again instanceof WebexRefused) return { outcome: 'refused' };
    throw again;
  }
}
