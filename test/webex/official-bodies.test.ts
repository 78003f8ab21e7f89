// Each good answer as Webex documents it is read whole: no field is unknown, no value odd, and nothing is left out.
import { expect, it } from 'vitest';
import { adminEvents } from '../../src/webex/admin-audit.ts';
import { readCallingBehaviour, readCallingProfiles } from '../../src/webex/calling-behaviour.ts';
import { createWebexClient, type OddReply, type WebexClient } from '../../src/webex/client.ts';
import { listContactCenter } from '../../src/webex/contact-center-lists.ts';
import { holdersPage, listLicenses } from '../../src/webex/directory.ts';
import { listFloors, listLocations } from '../../src/webex/locations.ts';
import { listTagged } from '../../src/webex/partner-tags.ts';
import { membersPage, readPerson } from '../../src/webex/people.ts';
import { askServiceAppTokens } from '../../src/webex/service-app.ts';
import {
  findWholesaleCustomer,
  precheckWholesale,
  provisionWholesaleCustomer,
  readWholeCustomer,
  subscribersPage,
} from '../../src/webex/wholesale.ts';
import { hybridWorkspaces } from '../../src/webex/workspaces.ts';
import { type OfficialRoute, officialBodies, officialOrgId, officialUuid } from '../helpers/official-bodies.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const orgId = officialOrgId;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What a list shows that was read whole. */
const whole = (...items: object[]) => ({ items, unread: 0 });

/** How the client reads each, and how much of it there is to see. */
const reads: Record<OfficialRoute, [read: (client: WebexClient) => Promise<unknown>, shows: unknown]> = {
  'GET /licenses': [(client) => listLicenses(client, orgId), whole({ totalUnits: 50, consumedByWorkspaces: 0 })],
  'GET /licenses/{licenseId}': [
    (client) => holdersPage(client, 'L', { from: null, limit: 10 }),
    { value: { users: [{ type: 'INTERNAL', email: 'john@acme.example' }] } },
  ],
  'GET /locations': [(client) => listLocations(client, orgId), whole({ name: 'Denver', address: { country: 'US' } })],
  'GET /locations/{locationId}/floors': [(client) => listFloors(client, 'L'), [{ floorNumber: -1 }]],
  'GET /people': [
    (client) => membersPage(client, orgId, null),
    { value: { items: [{ displayName: 'John Andersen' }] } },
  ],
  'GET /people/{personId}': [(client) => readPerson(client, 'P'), { emails: ['john@acme.example'] }],
  'GET /workspaces': [
    (client) => all(hybridWorkspaces(client, orgId)),
    [{ calling: { hybridCalling: { emailAddress: 'capanina@acme.example' } } }],
  ],
  'GET /wholesale/customers': [
    (client) => findWholesaleCustomer(client, orgId),
    { status: 'provisioned_with_errors', errors: [{ errorCode: 201011 }] },
  ],
  'GET /wholesale/customers/{customerId}': [
    (client) => readWholeCustomer(client, 'C'),
    { resourceDetails: { packages: [{ warnings: [{ errorCode: 5003 }], errors: [{ errorCode: 5004 }] }] } },
  ],
  'GET /wholesale/subscribers': [
    (client) => subscribersPage(client, 'C', null),
    { value: { items: [{ packages: ['webex_calling'], lastStatusChange: new Date('2021-08-06T02:05:41.791Z') }] } },
  ],
  'POST /wholesale/customers/validate': [
    (client) => precheckWholesale(client, { customer: {}, packages: ['webex_calling'] }),
    'Provisioning preCheck validation successful.',
  ],
  'POST /wholesale/customers': [
    (client) => provisionWholesaleCustomer(client, {}),
    officialBodies['GET /wholesale/customers/{customerId}'].id,
  ],
  'GET /people/{personId}/features/callingBehavior': [
    (client) => readCallingBehaviour(client, { personId: 'P', webexOrgId: orgId }),
    { behaviorType: null, effective: 'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL' },
  ],
  'GET /telephony/config/callingProfiles': [(client) => readCallingProfiles(client, orgId), [{ name: 'UC Profile1' }]],
  'GET /organization/{orgid}/v2/site': [
    (client) => listContactCenter(client, officialUuid, 'site'),
    whole({ name: 'Galway' }),
  ],
  'GET /organization/{orgid}/v2/team': [
    (client) => listContactCenter(client, officialUuid, 'team'),
    whole({ teamType: 'AGENT', teamStatus: 'IN_SERVICE', siteId: officialUuid }),
  ],
  'GET /organization/{orgid}/v2/contact-service-queue': [
    (client) => listContactCenter(client, officialUuid, 'contact-service-queue'),
    whole({ queueRoutingType: 'TEAM_BASED', routingType: 'SKILLS_BASED' }),
  ],
  'GET /organization/{orgid}/v2/entry-point': [
    (client) => listContactCenter(client, officialUuid, 'entry-point'),
    whole({ entryPointType: 'INBOUND' }),
  ],
  'GET /partner/tags': [listTagged, new Map([[orgId, ['Gold', 'West']]])],
  'GET /partner/tags/organizations': [listTagged, new Map([[orgId, ['Gold', 'West']]])],
  'GET /adminAudit/events': [
    (client) => all(adminEvents(client, orgId, { from: new Date(0), to: new Date(1) })),
    [{ data: { actorEmail: 'joe@acme.example', eventCategory: 'EventCategory.LOGINS' } }],
  ],
  'POST /applications/{applicationId}/token': [
    (owner) =>
      askServiceAppTokens(
        { owner, clock: createFakeClock() },
        { app: { clientId: 'C', clientSecret: 'S' }, webexOrgId: orgId },
      ),
    { grant: { accessToken: 'an-access-token', refreshToken: 'a-refresh-token' } },
  ],
};

const pathOf = (route: string) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}(\\?|$)`);

it.each(Object.keys(reads) as OfficialRoute[])('%s', async (route) => {
  const [read, shows] = reads[route];
  // The tags are read before who has them.
  const asked: OfficialRoute[] = route.startsWith('GET /partner')
    ? ['GET /partner/tags', 'GET /partner/tags/organizations']
    : [route];
  for (const one of asked) {
    const [method = '', path = ''] = one.split(' ');
    const body: object = structuredClone(officialBodies[one]);
    const reply = webex().intercept({ method, path: (asks: string) => pathOf(path).test(asks) });
    if (!('url' in body)) reply.reply(200, body);
    else
      reply.reply(202, body, { headers: { location: String(body.url).replace('webexapis.com/v1', 'webexapis.test') } });
  }
  const odd: OddReply[] = [];
  const options = { baseUrl: 'https://webexapis.test', accessToken: 'token', clock: createFakeClock(), strict: true };
  const client = createWebexClient({ ...options, onOdd: (one) => void odd.push(one) });
  const seen = await read(client);
  if (seen instanceof Map || typeof seen !== 'object') expect(seen).toEqual(shows);
  else expect(seen).toMatchObject(shows as object);
  expect(odd).toEqual([]);
});
