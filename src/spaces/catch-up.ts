// Fetches what no webhook brought while it was down: messages to the bot and spaces that it was added to. Clicks on cards cannot be listed at Webex.

import type { Envelope } from '../chat/inbox.ts';
import { findSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import type { WebexClient } from '../webex/client.ts';
import { WebexRefused } from '../webex/errors.ts';
import { firstMemberships } from '../webex/memberships.ts';
import { type Message, newestMessages } from '../webex/messages.ts';
import { liveliestRooms } from '../webex/rooms.ts';

export interface CatchUpDeps {
  db: Db;
  bot: WebexClient;
  clock: Clock;
  log: Log;
  /** Feeds an event into the inbox as if a webhook had brought it, and handles it; false where it was known already. */
  take(envelope: Envelope): Promise<boolean>;
}

/** Nobody waits any more for the answer to something older, or for a greeting in a space joined before. */
const oldestMs = 60 * 60_000;
/** The newest ones: more would keep the bot from what is asked now. */
const mostMessages = 300;

/**
 * Feeds what happened since then into the inbox, the oldest first and one at a time; what is known there is handled no second time.
 * Looks at the 100 spaces with the latest activity, of those that we know, and at the 100 newest messages of each.
 *
 * @returns how many messages were news
 * @throws WebexUnavailable where Webex does not tell: try again, with the same `since`
 */
export async function catchUp(
  deps: CatchUpDeps,
  { since, botPersonId }: { since: Date; botPersonId: string },
): Promise<number> {
  const notBefore = new Date(Math.max(since.getTime(), deps.clock.now().getTime() - oldestMs));
  await catchUpMemberships(deps, botPersonId);
  const missed: Message[] = [];
  for (const room of await liveliestRooms(deps.bot)) {
    if (room.lastActivity < notBefore) break;
    const space = await findSpace(deps.db, room.id);
    if (!space || space.leftAt !== null) continue;
    const messages = await unlessRefused(deps, newestMessages(deps.bot, { roomId: room.id, roomType: room.type }));
    missed.push(...messages.filter((it) => it.created >= notBefore && it.personId !== botPersonId));
  }
  missed.sort((a, b) => a.created.getTime() - b.created.getTime());
  if (missed.length > mostMessages) {
    deps.log.warn({ count: missed.length - mostMessages }, 'too many messages were missed: the oldest are left out');
  }
  let news = 0;
  for (const { id, roomId, personId, created } of missed.slice(-mostMessages)) {
    const data = { id, roomId, personId, created };
    if (await deps.take({ resource: 'messages', event: 'created', actorId: personId, data })) news++;
  }
  if (news > 0) deps.log.info({ count: news }, 'messages that no webhook brought were fetched');
  return news;
}

async function catchUpMemberships({ bot, clock, take }: CatchUpDeps, botPersonId: string): Promise<void> {
  const notBefore = clock.now().getTime() - oldestMs;
  for (const { id, roomId, created } of await firstMemberships(bot)) {
    if ((created?.getTime() ?? 0) < notBefore) continue;
    await take({ resource: 'memberships', event: 'created', data: { id, roomId, personId: botPersonId, created } });
  }
}

/** A space that the bot was removed from meanwhile must not keep the others from being looked at. */
async function unlessRefused({ log }: CatchUpDeps, reading: Promise<Message[]>): Promise<Message[]> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    log.warn({ err: error, trackingId: error.trackingId }, "a space's messages cannot be listed");
    return [];
  }
}
