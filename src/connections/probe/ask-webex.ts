// The reads of a probe: the cheapest first, and none that an earlier answer makes pointless.

import type { Organization } from '../../organizations/organization.store.ts';
import { readTokenExpiry } from '../../webex/authorizations.ts';
import type { WebexClient } from '../../webex/client.ts';
import { otherContactCenterRegions, readContactCenter } from '../../webex/contact-center.ts';
import { listOrganizations, readOrganization } from '../../webex/directory.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { organizationUuid } from '../../webex/ids.ts';
import { readMe } from '../../webex/people.ts';
import { readWholesaleCustomer } from '../../webex/wholesale.ts';
import type { Connection } from '../connection.store.ts';
import { mayRead } from '../scopes.ts';
import { type FoundAnswer, isLost, type ProbeFacts, type ReadAnswer } from './probe-rules.ts';

export interface AskInput {
  organization: Organization;
  connection: Connection;
  webex: WebexClient;
  /** The contact center's API in a region. */
  contactCenterIn: (region: string) => WebexClient;
  /** In place of Webex's own addresses of the contact center. */
  contactCenterUrl: string | undefined;
}

/** Failures of Webex are answers; everything else is thrown. */
export async function askWebex(input: AskInput): Promise<ProbeFacts> {
  const { organization, connection, webex } = input;
  const may = (scope: string) => mayRead(connection.scopes, scope);

  const expiry = await ask(() => readTokenExpiry(webex));
  if (isFailed(expiry)) return { token: [expiry] };
  const me = may('spark:people_read') ? await ask(() => readMe(webex)) : undefined;
  const token: ReadAnswer[] = me === undefined ? [expiry] : [expiry, me];
  if (me !== undefined && isFailed(me)) return { token };

  const facts: ProbeFacts = { token };
  if (may('spark-admin:organizations_read')) {
    facts.organization = await askOrganization(input, me?.answer === 'given' ? me.value.orgId : undefined);
  }
  if (organization.wholesale_status && may('spark-admin:wholesale_customers_read')) {
    facts.wholesale = found(await ask(() => readWholesaleCustomer(webex, organization.account_number)));
  }
  const region = organization.base_url_setting;
  if (organization.webex_contact_center && region !== null && may('cjp:config_read')) {
    facts.contactCenter = await askContactCenter(input, region);
  }
  // A 401 can mean that the token expired a moment ago, for example by a refresh: that is no lack of rights.
  if ([facts.organization, facts.wholesale, facts.contactCenter].some(isUnauthorized)) {
    token.push(await ask(() => readTokenExpiry(webex)));
  }
  return facts;
}

const isFailed = ({ answer }: ReadAnswer): boolean => answer === 'refused' || answer === 'unavailable';

const isUnauthorized = (answer: ReadAnswer | undefined) => answer?.answer === 'refused' && answer.status === 401;

/**
 * Reads the record's organization alone: a partner's administrator reaches thousands. Where Webex refuses it, the list decides: the id of a partner's
 * customer is derived from its number, and Webex may write that id in another way.
 * @param ownOrgId of the grantor, where Webex named it
 */
async function askOrganization(
  { organization, connection, webex }: AskInput,
  ownOrgId: string | undefined,
): Promise<NonNullable<ProbeFacts['organization']>> {
  const wanted = organization.account_number_external;
  // Where Webex did not name it, what was known when the connection was made counts.
  const isOwn = ownOrgId === undefined ? !connection.byPartner : organizationUuid(ownOrgId) === wanted;
  const webexOrgId = isOwn && ownOrgId !== undefined ? ownOrgId : organization.account_number;
  const one = await ask(() => readOrganization(webex, webexOrgId));
  if (one.answer !== 'refused') {
    return { ...one, isReached: one.answer !== 'given' || organizationUuid(one.value.id) === wanted };
  }
  const list = await ask(() => listOrganizations(webex));
  const isListed = list.answer === 'given' && list.value.some(({ id }) => organizationUuid(id) === wanted);
  return { ...list, isReached: isOwn || isListed };
}

/** A wrong region answers like lost rights, or shows nothing. Then the other regions are asked, up to the first that shows something. */
async function askContactCenter(
  { organization, contactCenterIn, contactCenterUrl }: AskInput,
  region: string,
): Promise<NonNullable<ProbeFacts['contactCenter']>> {
  const askIn = (one: string) =>
    ask(() => readContactCenter(contactCenterIn(one), organization.account_number_external)).then(found);
  const here = await askIn(region);
  const elsewhere: (FoundAnswer & { region: string })[] = [];
  if (isLost(here) || here.isEmpty) {
    for (const other of otherContactCenterRegions(region, contactCenterUrl)) {
      const answer = await askIn(other);
      elsewhere.push({ ...answer, region: other });
      if (answer.answer === 'given' && !answer.isEmpty) break;
    }
  }
  return { ...here, elsewhere };
}

/** An answer to whether something is there. */
const found = (asked: Asked<boolean>): FoundAnswer => ({ ...asked, isEmpty: asked.answer === 'given' && !asked.value });

type Asked<T> = { answer: 'given'; value: T } | Exclude<ReadAnswer, { answer: 'given' }>;

async function ask<T>(read: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: 'given', value: await read() };
  } catch (error) {
    if (error instanceof WebexUnavailable && error.reason === 'switched_off') return { answer: 'switched_off' };
    if (error instanceof WebexUnavailable) return { answer: 'unavailable', retryAfterMs: error.retryAfterMs };
    if (!(error instanceof WebexRefused)) throw error;
    const { status, code, route, trackingId } = error;
    return { answer: 'refused', status, code, route, trackingId: trackingId ?? null };
  }
}
