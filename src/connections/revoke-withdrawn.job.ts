// Revokes the grant of an organization that was disconnected, and tells the space what came of it.

import { appendAudit } from '../audit/append-audit.ts';
import { job } from '../db/jobs/job.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { grantRevokedNotice } from './connection.notice.ts';
import type { Revocation } from './revocation.ts';
import { type RevokeDeps, revokeWithdrawn } from './revoke-withdrawn.ts';
import { deleteWithdrawn, findWithdrawn } from './withdrawn.store.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    revoke_withdrawn: { withdrawnId: string };
  }
}

type Deps = RevokeDeps & { jobs: Jobs };

/** @throws where Webex did not answer and there are tries left */
async function run(deps: Deps, { withdrawnId }: { withdrawnId: string }, { lastAttempt }: { lastAttempt: boolean }) {
  const { db, jobs, clock } = deps;
  const withdrawn = await findWithdrawn(db, withdrawnId);
  // An undone deletion and a purge have their own.
  if (withdrawn?.why !== 'disconnected') return;
  const result = await revokeWithdrawn(deps, { id: withdrawnId });
  if (result.outcome === 'later' && !lastAttempt) throw new Error('the grant could not be revoked yet');
  const outcome: Revocation = result.outcome === 'later' ? 'unanswered' : result.outcome;
  const { organizationId, authorizedEmail: email, noticeRoomId: roomId } = withdrawn;
  await db.transaction(async (tx) => {
    if (!(await deleteWithdrawn(tx, withdrawnId))) return;
    await enqueueNotice(
      { tx, jobs },
      {
        key: `grant-revoked:${withdrawnId}`,
        notice: grantRevokedNotice.of({ organizationId, outcome, email }),
        organizationId,
        place: { roomId, parentMessageId: null },
        now: clock.now(),
      },
    );
    await appendAudit(tx, {
      act: 'connection.revoked',
      by: 'hubkeeper',
      roomId: null,
      organizationId,
      person: email,
      after: { outcome },
      now: clock.now(),
    });
  });
  jobs.wake('notice');
}

export const revokeWithdrawnJob = job({
  name: 'revoke_withdrawn',
  // About half a day.
  retryLimit: 10,
  retryDelaySeconds: 30,
  timeoutMs: 120_000,
  concurrency: 2,
  run,
});
