// The space that each administrator and the bot have for themselves, which is where answers go that others are not to read.

import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import type { WebexClient } from '../webex/client.ts';
import type { Actor } from './actor.ts';
import { findAdministrator, noteDirectRoom } from './administrator.store.ts';
import { md } from './markdown.ts';
import { postReply } from './post.ts';
import { renderMessage } from './render-message.ts';
import { joinSpace } from './space.store.ts';

export interface DirectRooms {
  /** Notes where an administrator has just written directly. Costs nothing where this process knows it. */
  note(actor: Pick<Actor, 'email'>, roomId: string): Promise<void>;
  /**
   * The space of an administrator and the bot. Webex makes it with the first message, where nobody knows it.
   * @throws WebexRefused where the person takes no message
   */
  of(actor: Pick<Actor, 'email' | 'personId'>): Promise<string>;
}

/** What this process knows is bounded by the number of administrators. */
export function createDirectRooms({ db, bot, clock }: { db: Db; bot: WebexClient; clock: Clock }): DirectRooms {
  const known = new Map<string, string>();

  async function note({ email }: Pick<Actor, 'email'>, roomId: string): Promise<void> {
    if (known.get(email) === roomId) return;
    await noteDirectRoom(db, { email, directRoomId: roomId });
    known.set(email, roomId);
  }

  return {
    note,
    async of(actor) {
      const room = (await findAdministrator(db, actor.email))?.directRoomId;
      if (room) return room;
      const { roomId } = await postReply(bot, { toPersonId: actor.personId }, renderMessage({ text: introduction }));
      await joinSpace(db, { roomId, type: 'direct', title: null, now: clock.now() });
      await note(actor, roomId);
      return roomId;
    },
  };
}

const introduction = md`People of other Webex organizations are in the space where you asked me. I answer you here instead.`;
