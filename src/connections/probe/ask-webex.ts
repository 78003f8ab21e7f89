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
import { showsCustomers } from '../connect/lacks.ts';
import { mayRead } from '../scopes.ts';
import type { HeldGrant } from '../ways/held-grant.store.ts';
import { rulesOfWay, whyWayCannot } from '../ways/ways.ts';
import { type FoundAnswer, isLost, type ProbeFacts, type ReadAnswer } from './probe-rules.ts';

export interface AskInput {
  organization: Organization;
  held: HeldGrant;
  /** The number of the partner whose grant it is, where one holds the organization. */
  partnerUuid: string | undefined;
  webex: WebexClient;
  /** The contact center's API in a region. */
  contactCenterIn: (region: string) => WebexClient;
  /** In place of Webex's own addresses of the contact center. */
  contactCenterUrl: string | undefined;
}

/** Failures of Webex are answers; everything else is thrown. */
export async function askWebex(input: AskInput): Promise<ProbeFacts> {
  const { organization, held, webex } = input;
  const may = (scope: string) => mayRead(held.scopes, scope);

  // Without a person behind the grant, the organization itself is the cheapest read.
  const { namesGrantor } = rulesOfWay(held.connection.way);
  const expiry = namesGrantor ? await ask(() => readTokenExpiry(webex)) : undefined;
  if (expiry && isFailed(expiry)) return { token: [expiry] };
  const me = namesGrantor && may('spark:people_read') ? await ask(() => readMe(webex)) : undefined;
  const token: ReadAnswer[] = [...(expiry ? [expiry] : []), ...(me ? [me] : [])];
  if (me && isFailed(me)) return { token };

  const facts: ProbeFacts = { token };
  if (may('spark-admin:organizations_read')) {
    Object.assign(facts, await askOrganization(input, me?.answer === 'given' ? me.value.orgId : undefined));
    if (organization.servesAsPartner) {
      facts.customers = found(await ask(() => showsCustomers(webex, organization.account_number_external)));
    }
  }
  const asksWholesale = organization.wholesale_status && whyWayCannot(held.connection.way, 'wholesale') === undefined;
  if (asksWholesale && may('spark-admin:wholesale_customers_read')) {
    facts.wholesale = found(await ask(() => readWholesaleCustomer(webex, organization.account_number)));
  }
  const region = organization.base_url_setting;
  if (organization.webex_contact_center && region !== null && may('cjp:config_read')) {
    facts.contactCenter = await askContactCenter(input, region);
  }
  // A 401 can mean that the token expired a moment ago, for example by a refresh: that is no lack of rights.
  if ([facts.organization, facts.customers, facts.wholesale, facts.contactCenter].some(isUnauthorized)) {
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
  { organization, held, partnerUuid, webex }: AskInput,
  ownOrgId: string | undefined,
): Promise<Pick<ProbeFacts, 'organization' | 'customers'>> {
  const wanted = organization.account_number_external;
  // Where Webex did not name it, what was known when the connection was made counts.
  const isOwn = ownOrgId === undefined ? !held.connection.byPartner : organizationUuid(ownOrgId) === wanted;
  const webexOrgId = isOwn && ownOrgId !== undefined ? ownOrgId : organization.account_number;
  const one = await ask(() => readOrganization(webex, webexOrgId));
  if (one.answer !== 'refused') {
    return { organization: { ...one, isReached: one.answer !== 'given' || organizationUuid(one.value.id) === wanted } };
  }
  const list = await ask(() => listOrganizations(webex));
  const { items, unread } = list.answer === 'given' ? list.value : { items: [], unread: 0 };
  const listed = items.map(({ id }) => organizationUuid(id));
  // A partner's administrator who has lost the role is shown the own organization alone: that says nothing of any customer.
  const isOfPartner = list.answer === 'given' && held.connection.way === 'partner';
  if (isOfPartner && unread === 0 && listed.every((uuid) => uuid === partnerUuid)) {
    return { customers: { answer: 'given', isEmpty: true } };
  }
  const isReached = isOwn || listed.includes(wanted);
  // It may be one of those that could not be read.
  return { organization: isReached || unread === 0 ? { ...list, isReached } : { answer: 'unavailable', isReached } };
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
