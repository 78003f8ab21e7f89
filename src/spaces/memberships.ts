// Somebody was added to a space, or removed from one: the bot, or others who read along.

import type { AudienceDeps } from '../chat/audience.ts';
import { outsiders } from '../chat/audience.ts';
import type { EventHandler } from '../chat/handle-event.ts';
import { type Handled, isTooOld, type NewEvent } from '../chat/inbox.ts';
import { findSpace, forgetMembers, joinSpace, leaveSpace } from '../chat/space.store.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { isSameId } from '../webex/ids.ts';
import { type Member, readMembership } from '../webex/memberships.ts';
import { unlessGone } from '../webex/unless-gone.ts';
import type { WebexClock } from '../webex/webex-clock.ts';
import type { Spaces } from './framework.ts';
import { greetingNotice } from './greeting.notice.ts';
import { outsiderNotice } from './outsider.notice.ts';

interface Deps extends AudienceDeps {
  jobs: Jobs;
  webexClock: WebexClock;
}

/** A membership's event, with the space that it is about. */
type MemberEvent = NewEvent & { roomId: string };

/** Many people of one organization who join within this time are one message. */
const joinedTogetherMs = 60 * 60_000;

/** Greets a space once for each joining, even where the space is known: a command may have come first, or the event of a removal may never have come. */
export const joinedHandler = (spaces: Spaces): EventHandler<Deps> => ({
  event: 'memberships/created',
  async handle(deps, event) {
    if (!hasRoom(event)) return { outcome: 'not ours' };
    if (!isOwn(deps, event)) return othersChanged(deps, event, { joined: true });
    const { bot, jobs, clock, webexClock } = deps;
    // A delivery may come again long after: the membership itself says when it began.
    const membership = await unlessGone(readMembership(bot, event.resourceId));
    if (!membership) return { outcome: 'gone' };
    if (membership.created && isTooOld(membership.created, webexClock.now())) return { outcome: 'too old' };
    const { roomId, type, title } = await spaces.joined(changeOf(event));
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
  async handle(deps, event) {
    if (!hasRoom(event)) return { outcome: 'not ours' };
    if (!isOwn(deps, event)) return othersChanged(deps, event, { joined: false });
    // A delivery may come again after the bot was added anew.
    if (await unlessGone(readMembership(deps.bot, event.resourceId))) return { outcome: 'too old' };
    const { roomId } = event;
    await spaces.left(changeOf(event));
    return { outcome: 'left', save: (tx) => leaveSpace(tx, { roomId, now: deps.clock.now() }) };
  },
});

/**
 * Notes that the members of a known group space have changed, so that they are read again. Somebody of another Webex organization who joins a space where
 * the bot has spoken about customers is pointed out there.
 */
async function othersChanged(deps: Deps, event: MemberEvent, { joined }: { joined: boolean }): Promise<Handled> {
  const { db, bot, jobs, clock } = deps;
  const { roomId } = event;
  const space = await findSpace(db, roomId);
  if (!space || space.type === 'direct' || space.leftAt) return { outcome: 'not ours' };
  const wasRead = space.hasOutsiders !== null || space.readAlongAt !== null;
  const member = joined && wasRead ? await unlessGone(readMembership(bot, event.resourceId)) : undefined;
  const isOutsider = member !== undefined && (await outsiders(deps, roomId))(member);
  const now = clock.now();
  return {
    outcome: 'members changed',
    save: async (tx) => {
      await forgetMembers(tx, roomId);
      if (!isOutsider) return;
      const together = Math.floor(now.getTime() / joinedTogetherMs);
      const key = `outsider:${roomId}:${member.personOrgId ?? event.id}:${together}`;
      const notice = outsiderNotice.of({ name: nameOf(member) });
      await enqueueNotice({ tx, jobs }, { key, notice, place: { roomId, parentMessageId: null }, now });
    },
    saved: () => jobs.wake('notice'),
  };
}

/** As people know the member. */
function nameOf({ personDisplayName, personEmail }: Member): string {
  const known = [personDisplayName, personEmail && `(${personEmail})`].filter((part) => part);
  return known.length === 0 ? 'Somebody' : known.join(' ');
}

const hasRoom = (event: NewEvent): event is MemberEvent => event.roomId !== null;

const isOwn = ({ botPersonId }: Pick<Deps, 'botPersonId'>, { personId }: NewEvent): boolean =>
  personId !== null && isSameId(personId, botPersonId());

const changeOf = ({ resourceId, roomId, personId, actorId }: MemberEvent) => ({
  membershipId: resourceId,
  roomId,
  personId: personId ?? '',
  actorId: actorId ?? undefined,
});
