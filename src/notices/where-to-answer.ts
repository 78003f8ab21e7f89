// Where an administrator is answered: in the space, or directly where people of other Webex organizations would read along.

import type { Actor, Standing } from '../chat/actor.ts';
import type { DirectRooms } from '../chat/direct-rooms.ts';
import type { Handled, NewEvent } from '../chat/inbox.ts';
import type { Place } from '../chat/place.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { WebexRefused } from '../webex/errors.ts';
import { enqueueNotice } from './enqueue-notice.ts';
import { toldDirectlyNotice } from './told-directly.notice.ts';

export interface WhereDeps {
  jobs: Jobs;
  clock: Clock;
  directRooms: DirectRooms;
  /** Whether people of other Webex organizations read along in a space, and nobody has confirmed that they may. */
  isSpaceOverheard: (known: { roomId: string; space: Standing['space'] }) => Promise<boolean>;
}

export interface Where {
  place: Place;
  isDirect: boolean;
  /** Where it was asked, if the answer goes elsewhere. */
  askedIn: Place | undefined;
}

/**
 * An administrator is answered in the space of the two alone where others would read along: as if the command had been given there. Undefined where the
 * person takes no direct message.
 * @throws WebexUnavailable where Webex has to be asked and does not answer
 */
export async function whereToAnswer(
  { directRooms, isSpaceOverheard }: WhereDeps,
  {
    actor,
    place,
    space,
    isDirect,
    isForEverybody,
  }: { actor: Actor; place: Place; space: Standing['space']; isDirect: boolean; isForEverybody: boolean },
): Promise<Where | undefined> {
  const asIs = { place, isDirect, askedIn: undefined };
  if (actor.rights === 'none') return asIs;
  if (isDirect) {
    await directRooms.note(actor, place.roomId);
    return asIs;
  }
  if (isForEverybody || !(await isSpaceOverheard({ roomId: place.roomId, space }))) return asIs;
  try {
    const roomId = await directRooms.of(actor, 'overheard');
    // The members of a space that nobody knew have shown that it is the direct one.
    if (roomId === place.roomId) return { ...asIs, isDirect: true };
    return { place: { roomId, parentMessageId: null }, isDirect: true, askedIn: place };
  } catch (error) {
    if (error instanceof WebexRefused) return undefined;
    throw error;
  }
}

/** Adds the line that says in the space where it was asked that the answer went elsewhere. */
export function withLine(
  { jobs, clock }: Pick<WhereDeps, 'jobs' | 'clock'>,
  handled: Handled,
  { event, askedIn }: { event: NewEvent; askedIn: Place | undefined },
): Handled {
  if (!askedIn) return handled;
  return {
    ...handled,
    save: async (tx) => {
      await handled.save?.(tx);
      const line = { key: `told-directly:${event.id}`, notice: toldDirectlyNotice.of({ what: 'answer' }) };
      await enqueueNotice({ tx, jobs }, { ...line, place: askedIn, now: clock.now() });
    },
    saved: () => {
      handled.saved?.();
      jobs.wake('notice');
    },
  };
}
