// Fetches what no webhook brought while it was down: messages to the bot, and spaces that the bot was added to. Webex cannot list clicks on cards.

import type { Envelope } from '../chat/inbox.ts';
import { findSpace, forgetMembers } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import type { WebexClient } from '../webex/client.ts';
import { WebexRefused } from '../webex/errors.ts';
import { firstMemberships } from '../webex/memberships.ts';
import { type Message, newestMessages } from '../webex/messages.ts';
import { liveliestRooms } from '../webex/rooms.ts';
import type { WebexClock } from '../webex/webex-clock.ts';

export interface CatchUpDeps {
  db: Db;
  bot: WebexClient;
  clock: Clock;
  webexClock: WebexClock;
  log: Log;
  /** Feeds an event into the inbox as if a webhook had brought it, and handles it; false where it was known already. */
  feed(envelope: Envelope): Promise<boolean>;
}

/** Older messages and joinings are left out: nobody waits for an answer or a greeting any more. */
const oldestMs = 60 * 60_000;
/** The newest messages only: more would delay the answers to new ones. */
const mostMessages = 300;

/**
 * Feeds what happened since `since` into the inbox, the oldest first and one at a time. The inbox handles no event twice. Of the 100 spaces with the
 * latest activity it looks at those that we know, and at the 100 newest messages of each.
 *
 * @returns how many messages were new
 * @throws WebexUnavailable where Webex does not answer: try again, with the same `since`
 */
export async function catchUp(
  deps: CatchUpDeps,
  { since, botPersonId }: { since: Date; botPersonId: string },
): Promise<number> {
  const notBefore = new Date(Math.max(deps.webexClock.at(since).getTime(), deps.webexClock.now().getTime() - oldestMs));
  // Others may have joined, too.
  await forgetMembers(deps.db);
  await catchUpMemberships(deps, botPersonId);
  const missed: Message[] = [];
  for (const room of await liveliestRooms(deps.bot)) {
    if (room.lastActivity < notBefore) break;
    const space = await findSpace(deps.db, room.id);
    if (!space || space.leftAt !== null) continue;
    const messages = await unlessRefused(deps, newestMessages(deps.bot, { roomId: room.id, roomType: room.type }));
    missed.push(...messages.filter((it) => saidAt(it) >= notBefore.getTime() && it.personId !== botPersonId));
  }
  missed.sort((a, b) => saidAt(a) - saidAt(b));
  if (missed.length > mostMessages) {
    deps.log.warn({ count: missed.length - mostMessages }, 'too many messages were missed: the oldest are left out');
  }
  let news = 0;
  for (const { id, roomId, personId, created } of missed.slice(-mostMessages)) {
    const data = { id, roomId, personId, created };
    if (await deps.feed({ resource: 'messages', event: 'created', actorId: personId, data })) news++;
  }
  if (news > 0) deps.log.info({ count: news }, 'messages that no webhook brought were fetched');
  return news;
}

/** A message whose time Webex did not say counts as old. */
const saidAt = ({ created }: Message): number => created?.getTime() ?? 0;

async function catchUpMemberships({ bot, webexClock, feed }: CatchUpDeps, botPersonId: string): Promise<void> {
  const notBefore = webexClock.now().getTime() - oldestMs;
  for (const { id, roomId, created } of await firstMemberships(bot)) {
    if ((created?.getTime() ?? 0) < notBefore) continue;
    await feed({ resource: 'memberships', event: 'created', data: { id, roomId, personId: botPersonId, created } });
  }
}

/** Empty where Webex refuses, as for a space that the bot has just left: the other spaces are looked at all the same. */
async function unlessRefused({ log }: CatchUpDeps, reading: Promise<Message[]>): Promise<Message[]> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    log.warn({ err: error, trackingId: error.trackingId }, "a space's messages cannot be listed");
    return [];
  }
}
