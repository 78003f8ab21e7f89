// The fields of each resource, written down from Webex's official OpenAPI description, `userName` excepted, which only the live service shows.

import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type OfficialRoute, officialBodies } from '../helpers/official-bodies.ts';
import {
  type Body,
  call,
  card,
  control,
  organizationNamed,
  personNamed,
  roomOf,
  startSimulator,
} from './local-webex.ts';

const fields = (words: string) => words.split(' ').sort();

describe('fields', () => {
  it.each([
    ['/people/me', 'id emails displayName nickName userName orgId created lastModified status type'],
    [
      '/rooms/{roomId}',
      'id title type isLocked lastActivity creatorId created ownerId isPublic isReadOnly isAnnouncementOnly',
    ],
    [
      '/memberships/{membershipId}',
      'id roomId personId personEmail personDisplayName personOrgId isModerator isRoomHidden roomType isMonitor created',
    ],
    [
      '/messages/{messageId}',
      'id roomId roomType parentId text markdown html personId personEmail mentionedPeople attachments created updated isVoiceClip',
    ],
  ])('of %s', async (route, expected) => {
    const simulator = await startSimulator();
    const roomId = roomOf(simulator, 'group').id;
    const bot = simulator.bot.token;
    const memberships = await call(simulator, bot, 'GET', `/memberships?roomId=${roomId}`);
    const root = await call(simulator, bot, 'POST', '/messages', { roomId, text: 'root' });
    const markdown = `<@personId:${personNamed(simulator, 'ada').personId}> look`;
    const message = { roomId, markdown, parentId: root.body.id, attachments: [card()] };
    const reply = await call(simulator, bot, 'POST', '/messages', message);
    await call(simulator, bot, 'PUT', `/messages/${reply.body.id}`, { roomId, markdown });
    const path = route
      .replace('{roomId}', roomId)
      .replace('{membershipId}', memberships.body.items[0]?.id ?? '')
      .replace('{messageId}', reply.body.id);
    const { body }: { body: Body } = await call(simulator, bot, 'GET', path);
    expect(Object.keys(body).sort()).toEqual(fields(expected));
  });
});

/** The places of a body, each with its type. Items of a list are one place. */
function typesOf(value: unknown, place = ''): [place: string, type: string][] {
  if (Array.isArray(value)) return value.flatMap((item) => typesOf(item, `${place}[]`));
  if (typeof value !== 'object' || value === null) return [[place, value === null ? 'any' : typeof value]];
  return Object.entries(value).flatMap(([name, inside]) => typesOf(inside, place === '' ? name : `${place}.${name}`));
}

interface Asked {
  by?: string;
  /** What stands in the route's braces. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  /** What Webex documents and the simulator never says. */
  leavesOut?: string[];
}

const idIn = async (simulator: Simulator, path: string) =>
  (await call(simulator, personNamed(simulator, 'ada').token, 'GET', path)).body.items[0]?.id ?? '';
const uuidOf = (id: string) => Buffer.from(id, 'base64url').toString().split('/').at(-1) ?? '';

const ofContactCenter = (simulator: Simulator): Asked => ({
  by: 'elena',
  params: { orgid: uuidOf(organizationNamed(simulator, 'Cobalt').id) },
});
const address = { addressLine1: '1 Street', city: 'Town', country: 'US' };

/** What the client has no use for. */
const leftOutOfPeople = [
  ...['extension', 'phoneNumbers', 'avatar', 'department', 'manager', 'managerId', 'timezone', 'addresses'],
  ...['lastActivity', 'siteUrls', 'sipAddresses', 'xmppFederationJid'],
];
const leftOutOfWholesale = [
  'address.addressLine2',
  'resourceDetails.packages[].licenseIds',
  'resourceDetails.packages[].errors',
  'errors',
];

/** How each is asked for, so that the answer holds as much as the simulator ever says. */
const asks: Record<OfficialRoute, (simulator: Simulator) => Asked | Promise<Asked>> = {
  'GET /licenses': () => ({}),
  'GET /licenses/{licenseId}': async (simulator) => ({
    leavesOut: ['siteUrl', 'siteType'],
    params: { licenseId: await idIn(simulator, `/licenses?orgId=${organizationNamed(simulator, 'Acme').id}`) },
    query: { includeAssignedTo: 'user' },
  }),
  'GET /locations': (simulator) => ({
    query: { orgId: organizationNamed(simulator, 'Acme').id },
    leavesOut: ['announcementLanguage', 'notes', 'address.address2'],
  }),
  'GET /locations/{locationId}/floors': async (simulator) => ({
    params: { locationId: await idIn(simulator, `/locations?orgId=${organizationNamed(simulator, 'Acme').id}`) },
  }),
  'GET /people': (simulator) => ({
    query: { orgId: organizationNamed(simulator, 'Acme').id },
    leavesOut: leftOutOfPeople,
  }),
  'GET /people/{personId}': (simulator) => ({
    params: { personId: personNamed(simulator, 'carol').personId },
    // Those who write to the bot have no license here, and stand nowhere.
    leavesOut: [...leftOutOfPeople, 'locationId', 'licenses'],
  }),
  'GET /workspaces': (simulator) => ({
    query: { orgId: organizationNamed(simulator, 'Acme').id },
    leavesOut: [
      ...['workspaceLocationId', 'floorId', 'sipAddress', 'notes', 'calendar.type', 'calendar.emailAddress'],
      ...['deviceHostedMeetings.enabled', 'deviceHostedMeetings.siteUrl', 'devicePlatform', 'health.level'],
    ],
  }),
  'GET /wholesale/customers': () => ({ leavesOut: leftOutOfWholesale }),
  'GET /wholesale/customers/{customerId}': async (simulator) => ({
    params: { customerId: await idIn(simulator, '/wholesale/customers') },
    leavesOut: leftOutOfWholesale,
  }),
  'GET /wholesale/subscribers': async (simulator) => ({
    query: { customerId: await idIn(simulator, '/wholesale/customers') },
  }),
  'POST /wholesale/customers/validate': () => ({ body: { packages: ['webex_calling'], address } }),
  'POST /wholesale/customers': (simulator) => ({
    body: {
      ...{ orgId: organizationNamed(simulator, 'Acme').id, externalId: 'acme', packages: ['webex_calling'] },
      ...{ provisioningId: 'P1', address },
    },
  }),
  'GET /people/{personId}/features/callingBehavior': async (simulator) => {
    const profiles = await call(
      simulator,
      personNamed(simulator, 'ada').token,
      'GET',
      '/telephony/config/callingProfiles',
    );
    const [profile] = profiles.body['callingProfiles'] as { id: string }[];
    const { personId } = personNamed(simulator, 'ada');
    const body = { behaviorType: 'NATIVE_SIP_CALL_TO_UCM', profileId: profile?.id };
    await call(
      simulator,
      personNamed(simulator, 'ada').token,
      'PUT',
      `/people/${personId}/features/callingBehavior`,
      body,
    );
    return { params: { personId } };
  },
  'GET /telephony/config/callingProfiles': () => ({}),
  'GET /organization/{orgid}/v2/site': ofContactCenter,
  'GET /organization/{orgid}/v2/team': ofContactCenter,
  'GET /organization/{orgid}/v2/contact-service-queue': ofContactCenter,
  'GET /organization/{orgid}/v2/entry-point': ofContactCenter,
  'GET /partner/tags': async (simulator) => {
    const items = [{ name: 'Acme Robotics', tags: ['Gold'] }];
    await control(simulator, 'PUT', '/organizations/Meridian%20Managed%20Services/managed', { items });
    return { query: { type: 'ORGANIZATION' } };
  },
  'GET /partner/tags/organizations': async (simulator) => {
    const items = [{ name: 'Acme Robotics', tags: ['Gold'] }];
    await control(simulator, 'PUT', '/organizations/Meridian%20Managed%20Services/managed', { items });
    return { query: { tags: 'Gold' } };
  },
  'GET /adminAudit/events': async (simulator) => {
    await control(simulator, 'POST', '/people/carol@acme.example/demote', { by: 'ada@meridian.example' });
    const times = {
      from: new Date(Date.now() - 60_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    };
    return { query: { orgId: organizationNamed(simulator, 'Acme').id, ...times } };
  },
  'POST /applications/{applicationId}/token': async (simulator) => {
    const { clientId } = simulator.serviceApp;
    await control(simulator, 'PUT', `/service-apps/${clientId}/organizations/Acme%20Robotics`, { authorized: true });
    return {
      params: { applicationId: Buffer.from(`ciscospark://us/APPLICATION/${clientId}`).toString('base64url') },
      body: { ...simulator.serviceApp, targetOrgId: organizationNamed(simulator, 'Acme').id },
    };
  },
};

describe('an official answer', () => {
  it.each(Object.keys(asks) as OfficialRoute[])('is given to %s, field by field', async (route) => {
    const simulator = await startSimulator();
    const { by = 'ada', params = {}, query = {}, body, leavesOut = [] } = await asks[route](simulator);
    const [method = '', path = ''] = route.split(' ');
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
    const url = route.includes('{orgid}') ? simulator.contactCenterUrl.replace('{region}', 'us1') : simulator.apiUrl;
    const response = await fetch(`${url}${filled}?${new URLSearchParams(query)}`, {
      method,
      headers: { authorization: `Bearer ${personNamed(simulator, by).token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const given = new Map(typesOf(await response.json()));
    const official = new Map(typesOf(officialBodies[route]));
    const odd = [...given].filter(([place, type]) => ![type, 'any'].includes(official.get(place) ?? ''));
    expect(odd).toEqual([]);
    const missing = [...official.keys()].filter((place) => !given.has(place));
    const places = missing.map((place) => place.replace(/^items\[\]\./, '').replace(/\[\](\.\w+)?$/, ''));
    expect([...new Set(places)].sort()).toEqual(leavesOut.toSorted());
  });
});
