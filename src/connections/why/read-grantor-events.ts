// Reads in Control Hub's admin audit what happened to whoever authorized a connection: daily with a check, and once more where it is lost.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { dayMs } from '../../lib/durations.ts';
import type { Log } from '../../log.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { adminEvents } from '../../webex/admin-audit.ts';
import type { WebexClient } from '../../webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { auditScope } from '../../webex/scopes.ts';
import { type Connection, hasTokens } from '../connection.store.ts';
import { asPartner } from '../ways/hold-by-partner.ts';
import { listPartners, type Partner } from '../ways/served.store.ts';
import { type GrantDeps, withGrant } from '../ways/with-grant.ts';
import { type Grantor, grantorEventOf } from './grantor-event-rules.ts';
import { type SavedGrantorEvent, saveAuditRead, saveGrantorEvents } from './grantor-events.store.ts';

export interface ReadEventsDeps extends GrantDeps {
  db: Db;
  clock: Clock;
  log: Log;
  /** Of our integration. The end of another one's access says nothing of our grants. */
  clientId: string;
}

/** How far back is looked where a connection is lost: a grant may have been dead for as long before a refresh finds out. */
const mostDays = 30;
const mostKept = 50;

/**
 * Keeps what is found. The organization's own grant is asked, then that of a partner which manages it: a grant that is dead cannot say why. Nothing is read
 * where the setting is off, no person consented, or no grant may. Never throws for Webex: what is not known is not told.
 * @param isLost asks partners too, and looks further back
 */
export async function readGrantorEvents(
  deps: ReadEventsDeps,
  { organization, connection, isLost }: { organization: Organization; connection: Connection; isLost: boolean },
): Promise<void> {
  const { db, clock } = deps;
  const { authorizedPersonId: personId, authorizedEmail: email } = connection;
  if (personId === null || email === null) return;
  if (!isLost && !connection.scopes.includes(auditScope)) return;
  if (!(await settingsOfOrganization(db, organization.id)).read_admin_audit) return;
  const to = clock.now();
  const earliest = to.getTime() - (isLost ? mostDays : 2) * dayMs;
  const from = new Date(Math.max(connection.connectedAt.getTime(), earliest));
  for await (const webex of askable(deps, { organization, connection, isLost })) {
    const found = await eventsOf(deps, webex, {
      organization,
      grantor: { personId, email, clientId: deps.clientId },
      from,
      to,
    });
    if (!found) continue;
    await saveGrantorEvents(db, found);
    if (isLost) await saveAuditRead(db, { organizationId: organization.id, at: to });
    return;
  }
}

/**
 * Its own grant, where that has the scope; of a lost one those of partners, too, with the scope first. Webex names none for this: one without it is asked
 * once a loss, and a refusal says no more than no answer.
 */
async function* askable(
  deps: ReadEventsDeps,
  { organization, connection, isLost }: { organization: Organization; connection: Connection; isLost: boolean },
): AsyncGenerator<WebexClient> {
  const { db } = deps;
  if (hasTokens(connection) && connection.scopes.includes(auditScope)) {
    yield withGrant(deps, { organization, source: connection });
  }
  if (!isLost) return;
  const lacksScope = ({ connection: its }: Partner) => !its?.scopes.includes(auditScope);
  const partners = (await listPartners(db)).toSorted((a, b) => Number(lacksScope(a)) - Number(lacksScope(b)));
  for (const partner of partners) {
    if (partner.organization.id === organization.id) continue;
    const webex = await asPartner(deps, partner.organization);
    if (webex) yield webex;
  }
}

/** Undefined where Webex does not say. */
async function eventsOf(
  { log }: ReadEventsDeps,
  webex: WebexClient,
  { organization, grantor, from, to }: { organization: Organization; grantor: Grantor; from: Date; to: Date },
): Promise<SavedGrantorEvent[] | undefined> {
  const found: SavedGrantorEvent[] = [];
  try {
    for await (const event of adminEvents(webex, organization.account_number, { from, to })) {
      const kind = grantorEventOf(event, grantor);
      const { id: eventId, created: at, data } = event;
      if (!kind || !eventId || !at) continue;
      const { actorName = null, actorEmail = null, actionText: words = null } = data ?? {};
      found.push({ organizationId: organization.id, eventId, at, kind, actorName, actorEmail, words });
      if (found.length === mostKept) break;
    }
    return found;
  } catch (error) {
    if (!(error instanceof WebexRefused) && !(error instanceof WebexUnavailable)) throw error;
    log.info({ organizationId: organization.id, err: error }, 'the admin audit could not be read');
    return undefined;
  }
}
