// What Webex tells the owner of our service app: where a full administrator has authorized it, and where not any more. The event is signed, and yet only
// a hint: what happens next follows from what Webex answers when it is asked.

import type { EventHandler } from '../../chat/handle-event.ts';
import { readServiceAppSubject } from '../../chat/service-app-subject.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import {
  findOrganization,
  findOrganizationByWebexUuid,
  lockOrganization,
} from '../../organizations/organization.store.ts';
import { ourselves } from '../../transactions/transaction.ts';
import type { Workflows } from '../../transactions/workflow.ts';
import { readOrganization } from '../../webex/directory.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { decodeWebexId, encodeWebexId, parseOrganizationNumber } from '../../webex/ids.ts';
import { startAppConnect } from '../connect/connect-by-app.ts';
import { type Connection, findConnection } from '../connection.store.ts';
import { isAlive } from '../connection-words.ts';
import { askAppFallBack, fallsBackToApp } from '../fall-back/app-fall-back.ts';
import { type Left, type RefreshDeps, refreshConnection } from '../refresh/refresh-connection.ts';
import { askOwnTokens, type OwnAppDeps } from './own-app.ts';
import { appAuthorizedNotice, strangerAuthorizedNotice } from './service-app.notice.ts';

type Deps = OwnAppDeps & RefreshDeps & { jobs: Jobs; workflows: Pick<Workflows<never>, 'stepNames'> };

/** Connects the organization, unless a living connection stands: that one is replaced where somebody says so. */
export const appAuthorized: EventHandler<Deps> = {
  event: 'serviceApp/authorized',
  async handle(deps, event) {
    const { db, jobs, clock, workflows, admins } = deps;
    const uuid = organizationOfOurApp(deps, event.resourceId);
    if (uuid === undefined) return { outcome: 'not ours' };
    const record = await findOrganizationByWebexUuid(db, uuid);
    const organization = record && (await findOrganization(db, record.id));
    const now = clock.now();
    if (!organization) {
      const name = await nameOfStranger(deps, uuid);
      if (name === undefined) return { outcome: 'ignored' };
      const key = `app-authorized:${uuid}`;
      const notice = strangerAuthorizedNotice.of({ name, uuid });
      return {
        outcome: 'app authorized',
        save: async (tx) => {
          for (const toPersonEmail of admins) {
            await enqueueNotice(
              { tx, jobs },
              { key: `${key}:${toPersonEmail}`, notice, place: { toPersonEmail }, now },
            );
          }
        },
        saved: () => jobs.wake('notice'),
      };
    }
    await askAgain(deps, organization.id);
    const before = await findConnection(db, organization.id);
    // Also where nothing is noted of its end: that may be saved before this event ends.
    const fallBack =
      before && fallsBackToApp(before)
        ? await askAppFallBack(deps, { organization, event: { id: event.id, says: 'authorized' } })
        : undefined;
    const place = { roomId: organization.roomId, parentMessageId: null };
    return {
      outcome: 'app authorized',
      save: async (tx) => {
        await fallBack?.save?.(tx);
        const locked = await lockOrganization(tx, organization.id);
        if (!locked || holdsOthers(locked)) return;
        const standing = await findConnection(tx, organization.id);
        if (standing && isOfOurApp(standing) && standing.state !== 'lost') return;
        if (standing && isAlive(standing, now)) {
          const { id: organizationId } = organization;
          const notice = appAuthorizedNotice.of({ organizationId });
          const key = `app-authorized:${organizationId}:${standing.connectedAt.toISOString()}`;
          await enqueueNotice({ tx, jobs }, { key, notice, organizationId, place, now });
          return;
        }
        await startAppConnect({ tx, jobs, workflows }, { organization, requestedBy: ourselves, place, now });
      },
      saved() {
        jobs.wake('notice');
        jobs.wake('transaction');
      },
    };
  },
};

/**
 * Where our app holds the organization, Webex is asked once more: the end of an earlier authorization may be on its way to be saved. What is lost by then is
 * connected anew.
 * @throws WebexUnavailable
 */
async function askAgain(deps: Deps, organizationId: string): Promise<void> {
  const connection = await findConnection(deps.db, organizationId);
  if (!connection || !isOfOurApp(connection) || connection.state === 'lost') return;
  await askWhetherAuthorized(deps, organizationId);
}

/** Why Webex was not asked, although the event wants it: another refresh asks, or this process has no time. */
const notAsked: ReadonlySet<string> = new Set<Left['reason']>(['held', 'stopping', 'too_late']);

/**
 * Asks Webex for new tokens: where it gives none, the connection is lost at once.
 * @throws WebexUnavailable where Webex was not asked: the answer that another refresh awaits may be older than the event
 */
async function askWhetherAuthorized(deps: Deps, organizationId: string): Promise<void> {
  const asked = await refreshConnection(deps, { organizationId, reason: 'probed', isDoubted: true });
  if (asked.outcome !== 'left' || !notAsked.has(asked.reason)) return;
  throw new WebexUnavailable(`Webex was not asked about this connection (${asked.reason}).`, {
    reason: 'timeout',
    route: 'POST /applications/{applicationId}/token',
  });
}

/**
 * What Webex calls an organization that nobody has added, or its number where the app may not read that. Undefined where the organization has not authorized
 * the app, or none of its tokens can be had.
 */
async function nameOfStranger(deps: Deps, uuid: string): Promise<string | undefined> {
  const account_number = encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: uuid });
  const asked = await askOwnTokens(deps, { account_number });
  if ('refused' in asked) return undefined;
  try {
    const { displayName } = await readOrganization(deps.connectAs(asked.grant.accessToken, {}), account_number);
    return displayName ?? uuid;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    return uuid;
  }
}

/** Loses the connection at once, unless Webex still gives tokens. One that is held in another way has to do with the app only where it falls back to that. */
export const appDeauthorized: EventHandler<Deps> = {
  event: 'serviceApp/deauthorized',
  async handle(deps, event) {
    const uuid = organizationOfOurApp(deps, event.resourceId);
    const record = uuid === undefined ? undefined : await findOrganizationByWebexUuid(deps.db, uuid);
    const organization = record && (await findOrganization(deps.db, record.id));
    const connection = organization && (await findConnection(deps.db, organization.id));
    if (!connection) return { outcome: 'not ours' };
    if (isOfOurApp(connection)) {
      await askWhetherAuthorized(deps, connection.organizationId);
      return { outcome: 'app ended' };
    }
    if (!fallsBackToApp(connection)) return { outcome: 'not ours' };
    const asked = { organization, event: { id: event.id, says: 'deauthorized' as const } };
    return { outcome: 'app ended', ...(await askAppFallBack(deps, asked)) };
  },
};

/** Whether our own service app holds it, and not one of the customer's. */
const isOfOurApp = ({ way, appClientId }: Connection): boolean => way === 'service_app' && appClientId === null;

/** The number of the organization that the event is about; undefined where it is about another app. */
function organizationOfOurApp({ webex: { serviceApp } }: Deps, subject: string): string | undefined {
  const { applicationId, webexOrgId } = readServiceAppSubject(subject);
  if (!serviceApp || decodeWebexId(applicationId)?.value !== serviceApp.clientId) return undefined;
  const number = parseOrganizationNumber(webexOrgId);
  return 'uuid' in number ? number.uuid : undefined;
}
