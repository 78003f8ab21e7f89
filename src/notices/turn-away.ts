// People who may not command the bot: whether one is answered, and what the administrators read of one who poses as an administrator.

import type { Actor, Doubt } from '../chat/actor.ts';
import type { Strangers } from '../chat/strangers.ts';
import { administratorsOf, type NotifyDeps } from './claim-and-enqueue.ts';
import { doubtNotice } from './doubt.notice.ts';
import { enqueueNotice } from './enqueue-notice.ts';

export interface TurnAwayDeps extends NotifyDeps {
  strangers: Strangers;
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
}

/** Whether the person is answered now: an administrator always, others once an hour, machines never. */
export async function isAnswered(deps: TurnAwayDeps, actor: Actor): Promise<boolean> {
  if (actor.rights !== 'none') return true;
  if (actor.doubt) await notifyOfDoubt(deps, actor, actor.doubt);
  return deps.strangers.mayBeRefused(actor);
}

/** Queues a notice for each administrator, once for each account and address. */
async function notifyOfDoubt(deps: TurnAwayDeps, { personId, email }: Actor, { admin, what }: Doubt): Promise<void> {
  const { db, jobs, clock, log } = deps;
  const now = clock.now();
  log.warn({ personId, reason: what }, 'somebody who looks like an administrator is not obeyed');
  await db.transaction(async (tx) => {
    for (const [index, place] of administratorsOf(deps).entries()) {
      const key = `doubt:${what}:${admin}:${personId}:${email}:${index}`;
      await enqueueNotice({ tx, jobs }, { key, notice: doubtNotice.of({ admin, what, email }), place, now });
    }
  });
  jobs.wake('notice');
}
