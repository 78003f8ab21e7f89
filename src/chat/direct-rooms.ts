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
  /** The space of an administrator and the bot; null where nobody knows it yet. */
  known(actor: Pick<Actor, 'email'>): Promise<string | null>;
  /**
   * The same. Webex makes it with the first message, where nobody knows it: that one says why there is one.
   * @throws WebexRefused where the person takes no message
   */
  of(actor: Pick<Actor, 'email' | 'personId'>, why: WhyDirect): Promise<string>;
}

/** `overheard`: others would read the answer in the space. `rehomed`: no space may be told of some organizations any more. */
type WhyDirect = 'overheard' | 'rehomed';

/** What this process knows is bounded by the number of administrators. */
export function createDirectRooms({ db, bot, clock }: { db: Db; bot: WebexClient; clock: Clock }): DirectRooms {
  const known = new Map<string, string>();

  async function note({ email }: Pick<Actor, 'email'>, roomId: string): Promise<void> {
    if (known.get(email) === roomId) return;
    await noteDirectRoom(db, { email, directRoomId: roomId });
    known.set(email, roomId);
  }

  const knownOf = async ({ email }: Pick<Actor, 'email'>) => (await findAdministrator(db, email))?.directRoomId ?? null;

  return {
    note,
    known: knownOf,
    async of(actor, why) {
      const room = await knownOf(actor);
      if (room !== null) return room;
      const introduction = renderMessage({ text: introductions[why] });
      const { roomId } = await postReply(bot, { toPersonId: actor.personId }, introduction);
      await joinSpace(db, { roomId, type: 'direct', title: null, now: clock.now() });
      await note(actor, roomId);
      return roomId;
    },
  };
}

const introductions = {
  overheard: md`People of other Webex organizations are in the space where you asked me. I answer you here instead.`,
  rehomed: md`Your change leaves organizations that no space of theirs may show any more. I tell you here what happens to them.`,
} as const;
