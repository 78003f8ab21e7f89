// Asks Webex for the signs of life of one grant: the cheapest reads first, and none that the answers before make pointless.

import type { Connection } from '../../db/connections.ts';
import type { Organization } from '../../db/organizations.ts';
import { WebexRefused, WebexUnavailable } from '../../domain/errors.ts';
import { isLost, type ProbeFacts, type ReadAnswer } from '../../domain/probe.ts';
import { mayRead } from '../../domain/scopes.ts';
import { organizationUuid } from '../../domain/webex-id.ts';
import { readTokenExpiry } from '../../webex/authorizations.ts';
import type { WebexClient } from '../../webex/client.ts';
import { otherContactCenterRegions, readContactCenter } from '../../webex/contact-center.ts';
import { listOrganizations } from '../../webex/directory.ts';
import { readMe } from '../../webex/people.ts';
import { readWholesaleCustomer } from '../../webex/wholesale.ts';

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
export async function askForSigns(input: AskInput): Promise<ProbeFacts> {
  const { organization, connection, webex } = input;
  const may = (scope: string) => mayRead(connection.scopes, scope);

  const expiry = await ask(() => readTokenExpiry(webex));
  if (expiry.answer !== 'given') return { token: [expiry] };
  const me = may('spark:people_read') ? await ask(() => readMe(webex)) : undefined;
  const token = me === undefined ? [expiry] : [expiry, me];
  if (me !== undefined && me.answer !== 'given') return { token };

  const facts: ProbeFacts = { token };
  if (may('spark-admin:organizations_read')) {
    const list = await ask(() => listOrganizations(webex));
    const reached = list.answer === 'given' ? list.value.map(({ id }) => organizationUuid(id)) : [];
    const own = me === undefined ? ownOf(input) : organizationUuid(me.value.orgId);
    facts.organization = { ...list, isReached: [...reached, own].includes(organization.account_number_external) };
  }
  if (organization.wholesale_status && may('spark-admin:wholesale_customers_read')) {
    facts.wholesale = await ask(() => readWholesaleCustomer(webex, organization.account_number));
  }
  const region = organization.base_url_setting;
  if (organization.webex_contact_center && region !== null && may('cjp:config_read')) {
    facts.contactCenter = await askContactCenter(input, region);
  }
  return facts;
}

/** What was known of the giver's own organization when the grant was given. */
const ownOf = ({ organization, connection }: AskInput): string | undefined =>
  connection.byPartner ? undefined : organization.account_number_external;

/** A wrong region refuses as lost rights do: then the others are asked, up to the first that answers. */
async function askContactCenter(
  { organization, contactCenterIn, contactCenterUrl }: AskInput,
  region: string,
): Promise<NonNullable<ProbeFacts['contactCenter']>> {
  const askIn = (one: string) =>
    ask(() => readContactCenter(contactCenterIn(one), organization.account_number_external));
  const here = await askIn(region);
  const elsewhere: (ReadAnswer & { region: string })[] = [];
  if (isLost(here)) {
    for (const other of otherContactCenterRegions(region, contactCenterUrl)) {
      const answer = await askIn(other);
      elsewhere.push({ ...answer, region: other });
      if (answer.answer === 'given') break;
    }
  }
  return { ...here, elsewhere };
}

type Asked<T> = { answer: 'given'; value: T } | Exclude<ReadAnswer, { answer: 'given' }>;

async function ask<T>(read: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: 'given', value: await read() };
  } catch (error) {
    if (error instanceof WebexUnavailable) return { answer: 'unavailable', retryAfterMs: error.retryAfterMs };
    if (!(error instanceof WebexRefused)) throw error;
    const { status, code, route, trackingId } = error;
    return { answer: 'refused', status, code, route, trackingId: trackingId ?? null };
  }
}
