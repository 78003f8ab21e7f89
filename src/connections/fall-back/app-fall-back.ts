// Keeps what Webex says of a fall-back to our service app where its authorization ends or is given again: one that has died would be found out only when it is
// needed.

import type { Handled } from '../../chat/inbox.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { type Connection, lockConnection } from '../connection.store.ts';
import { notAuthorized } from '../refresh/refresh-rules.ts';
import { askOwnTokens, type OwnAppDeps } from '../service-app/own-app.ts';
import { saveFallBackRefusal } from './fall-back.store.ts';
import { fallBackEndedNotice } from './fall-back-ended.notice.ts';

/** Whether a connection that stands falls back to our service app. */
export const fallsBackToApp = ({ state, fallbackWay }: Connection): boolean =>
  state !== 'lost' && fallbackWay === 'service_app';

/**
 * Asks whether the app is authorized. The answer is saved with the end of the event, and the space is told once where it is not.
 * @throws WebexUnavailable
 */
export async function askAppFallBack(
  { jobs, ...deps }: OwnAppDeps & { jobs: Jobs },
  {
    organization: { id: organizationId, roomId, account_number },
    event: { id: eventId, says },
  }: { organization: Organization; event: { id: string; says: 'authorized' | 'deauthorized' } },
): Promise<Pick<Handled, 'save' | 'saved'>> {
  const asked = await askOwnTokens(deps, { account_number });
  const fallbackRefusal = 'refused' in asked ? asked.refused : null;
  // Whatever else is refused says nothing of the authorization.
  if (fallbackRefusal !== null && fallbackRefusal !== notAuthorized) return {};
  // Webex may give tokens a moment after it has said that it does.
  if (fallbackRefusal !== null && says === 'authorized') return {};
  return {
    async save(tx) {
      const its = await lockConnection(tx, organizationId);
      if (!its || !fallsBackToApp(its) || its.fallbackRefusal === fallbackRefusal) return;
      await saveFallBackRefusal(tx, { organizationId, fallbackRefusal });
      if (fallbackRefusal === null) return;
      const notice = fallBackEndedNotice.of({ organizationId });
      const place = { roomId, parentMessageId: null };
      const key = `fall-back-ended:${eventId}`;
      await enqueueNotice({ tx, jobs }, { key, notice, organizationId, place, now: deps.clock.now() });
    },
    saved: () => jobs.wake('notice'),
  };
}
