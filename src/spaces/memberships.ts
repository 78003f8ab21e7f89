// The bot was added to a space, or removed from one.

import type { EventHandler } from '../chat/handle-event.ts';
import type { NewEvent } from '../chat/inbox.ts';
import { joinSpace, leaveSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import type { Spaces } from './framework.ts';
import { greetingNotice } from './greeting.notice.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  botPersonId: () => string;
}

/** Greets a space once for each joining, even where the space is known: a command may have come first, or the event of a removal may never have come. */
export const joinedHandler = (spaces: Spaces): EventHandler<Deps> => ({
  event: 'memberships/created',
  async handle({ jobs, clock, ...deps }, event) {
    const change = ownMembership(deps, event);
    if (!change) return { outcome: 'not ours' };
    const { roomId, type, title } = await spaces.joined(change);
    const now = clock.now();
    const greeting = { key: `greeting:${event.id}`, notice: greetingNotice.of({}), now };
    return {
      outcome: 'greeted',
      save: async (tx) => {
        await joinSpace(tx, { roomId, type, title, now });
        await enqueueNotice({ tx, jobs }, { ...greeting, place: { roomId, parentMessageId: null } });
      },
      saved: () => jobs.wake('notice'),
    };
  },
});

export const leftHandler = (spaces: Spaces): EventHandler<Deps> => ({
  event: 'memberships/deleted',
  async handle({ clock, ...deps }, event) {
    const change = ownMembership(deps, event);
    if (!change) return { outcome: 'not ours' };
    await spaces.left(change);
    return { outcome: 'left', save: (tx) => leaveSpace(tx, { roomId: change.roomId, now: clock.now() }) };
  },
});

function ownMembership(
  { botPersonId }: Pick<Deps, 'botPersonId'>,
  { resourceId, roomId, personId, actorId }: NewEvent,
) {
  if (roomId === null || personId !== botPersonId()) return undefined;
  return { membershipId: resourceId, roomId, personId, actorId: actorId ?? undefined };
}
