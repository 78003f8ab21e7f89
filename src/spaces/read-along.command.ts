// `read-along`: an administrator confirms that everybody in the space may read what I say about customers, or takes that back.

import { appendAudit } from '../audit/append-audit.ts';
import { mayChange } from '../chat/actor.ts';
import type { Command } from '../chat/command.ts';
import { failureMessage, tooFewRights } from '../chat/refusals.ts';
import { saveReadAlong } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { readAlongMessage } from './read-along.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** `allow`: whether everybody in the space may read along; `yes` by default. */
    'read-along': { allow?: 'yes' | 'no' };
  }
}

export const readAlong: Command<{ db: Db; clock: Clock }> = {
  name: 'read-along',
  usage: 'read-along [off]',
  summary:
    'Let people of other Webex organizations in this space read my answers, or answer administrators directly again.',
  group: 'People and settings',
  examples: ['read-along'],
  isForEverybody: () => true,
  async run({ db, clock }, { argument, inputs, actor, standing, place: { roomId }, isDirect }) {
    const typed = argument.toLowerCase();
    if (isDirect || !['', 'on', 'off'].includes(typed)) return { content: isDirect ? directMessage : howMessage };
    if (!mayChange(standing, standing.customer.path)) return tooFewRights(standing, 'provider');
    const isAllowed = inputs['allow'] !== 'no' && typed !== 'off';
    const now = clock.now();
    await db.transaction(async (tx) => {
      await saveReadAlong(tx, { roomId, by: isAllowed ? actor.email : null, now });
      const act = isAllowed ? 'read_along.allowed' : 'read_along.ended';
      await appendAudit(tx, { act, by: actor, roomId, customerId: standing.customer.id, now });
    });
    return { content: readAlongMessage({ isAllowed, by: actor.email }) };
  },
};

const directMessage = failureMessage({
  what: 'Nobody else is in this space.',
  hint: 'Type read-along in a group space where people of other Webex organizations may read my answers.',
});

const howMessage = failureMessage({
  what: 'read-along does not know these words.',
  hint: 'Type read-along, or read-along off.',
});
