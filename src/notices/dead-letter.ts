// Gives up what Webex will not take. What a space must know of its connections goes to the provider's administrators then, each in a direct message.

import { administratorsOf, claimAndEnqueue, type NotifyDeps } from './claim-and-enqueue.ts';
import { markUndeliverable, type NoticeRow } from './notice.store.ts';
import type { Notice } from './notice.ts';

/** What is noted as told once it is owed: nobody would say it again. */
const mustBeHeard: ReadonlySet<Notice['kind']> = new Set(['connections_lost', 'connections_failing', 'deadlines']);

/** Marks the notice as undeliverable, with the reason; one that must be heard and was owed to a space is owed to each administrator instead. */
export async function deadLetterNotice(
  deps: NotifyDeps & {
    /** E-mails of the provider's administrators. */
    admins: readonly string[];
  },
  { id, roomId, notice, reason }: Pick<NoticeRow, 'id' | 'roomId'> & { notice: Notice; reason: string },
): Promise<void> {
  const isPassedOn = roomId !== null && mustBeHeard.has(notice.kind);
  await claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const isFirst = await markUndeliverable(tx, { id, reason });
    return isFirst && isPassedOn ? notice : undefined;
  });
}
