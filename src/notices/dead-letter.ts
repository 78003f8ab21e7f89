// Dead-letters a notice that Webex refuses. What the space must know goes to each of the provider's administrators as a direct message.

import type { Notice } from '../chat/answer.ts';
import { administratorsOf, claimAndEnqueue, type NotifyDeps } from './claim-and-enqueue.ts';
import { markUndeliverable, type NoticeRow } from './notice.store.ts';

/**
 * Marks the notice as undeliverable, with the reason.
 * @param mustBeHeard whether a notice for a space is queued for each administrator instead
 */
export async function deadLetterNotice(
  deps: NotifyDeps & {
    /** E-mails of the provider's administrators. */
    admins: readonly string[];
  },
  {
    id,
    roomId,
    toPersonEmail,
    notice,
    mustBeHeard,
    reason,
  }: Pick<NoticeRow, 'id' | 'roomId' | 'toPersonEmail'> & { notice: Notice; mustBeHeard: boolean; reason: string },
): Promise<void> {
  const isPassedOn = roomId !== null && toPersonEmail === null && mustBeHeard;
  await claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const isFirst = await markUndeliverable(tx, { id, reason });
    return isFirst && isPassedOn ? notice : undefined;
  });
}
