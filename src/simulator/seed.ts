// The world as a newcomer finds it: a provider, three customers with their administrators, a bot, and two spaces.

import { seedEmployees } from './employees.ts';
import { newClientId, newClientSecret, newToken, webexId } from './ids.ts';
import { initialSwitches } from './initial-switches.ts';
import { integrationScopes, personalScopes } from './scopes.ts';
import { seedContactCenter } from './seed-contact-center.ts';
import { seedLocations } from './seed-locations.ts';
import { seedServiceApp } from './seed-service-app.ts';
import { seedWholesale } from './seed-wholesale.ts';
import { newMembership, newRoom } from './spaces.ts';
import { seedWorkspaces } from './workspaces.ts';
import type { Authorization, License, Organization, Person, Role, World } from './world.ts';

/** Role ids are the same in every organization: Webex's own name for the role stands in the id. */
export const ROLES = {
  fullAdministrator: role('id_full_admin', 'Full Administrator'),
  readOnlyAdministrator: role('id_readonly_admin', 'Read-only Administrator'),
  userAdministrator: role('id_user_admin', 'User Administrator'),
  deviceAdministrator: role('id_device_admin', 'Device Administrator'),
  supportAdministrator: role('id_support_admin', 'Support Administrator'),
  locationAdministrator: role('id_location_admin', 'Location Administrator'),
  complianceOfficer: role('atlas-portal.compliance.officer', 'Compliance Officer'),
  partnerAdministrator: role('id_partner_full_admin', 'Partner Full Administrator'),
  wholesaleAdministrator: role('atlas-portal.partner.wholesale_admin', 'Wholesale Administrator'),
} as const;

const CUSTOMER_ROLES: Role[] = [
  ROLES.fullAdministrator,
  ROLES.readOnlyAdministrator,
  ROLES.userAdministrator,
  ROLES.deviceAdministrator,
  ROLES.supportAdministrator,
  ROLES.locationAdministrator,
  ROLES.complianceOfficer,
];

function role(key: string, name: string): Role {
  return { id: webexId('ROLE', key), name };
}

/** `[name, total, used by users, used by workspaces]`; 0 and negative totals are what Webex counts for "no limit". */
type LicenseSeed = [name: string, totalUnits: number, users: number, workspaces: number, siteUrl?: string];

function licenses(subscriptionId: string, seeds: LicenseSeed[]): License[] {
  return seeds.map(([name, totalUnits, users, workspaces, siteUrl]) => ({
    id: webexId('LICENSE'),
    name,
    totalUnits,
    consumedUnits: users + workspaces,
    consumedByUsers: users,
    consumedByWorkspaces: workspaces,
    subscriptionId,
    ...(siteUrl === undefined ? {} : { siteUrl, siteType: 'Control Hub managed site' }),
  }));
}

function organization(displayName: string, created: string, roles: Role[], orgLicenses: License[]): Organization {
  return { id: webexId('ORGANIZATION'), displayName, created, roles, licenses: orgLicenses };
}

function person(name: string, email: string, org: Organization, more: Partial<Person>): Person {
  const [firstName = name, lastName = ''] = name.split(' ');
  return {
    id: webexId('PEOPLE'),
    type: 'person',
    email,
    displayName: name,
    firstName,
    lastName,
    orgId: org.id,
    roles: [],
    administers: [],
    created: org.created,
    deleted: false,
    ...more,
  };
}

/** Locations, a wholesale customer, a contact center and a service app for those of the seeded organizations that have some. */
export function seedServices(
  organizations: readonly Organization[],
): Pick<
  World,
  | 'locations'
  | 'employees'
  | 'workspaces'
  | 'wholesaleCustomers'
  | 'wholesaleSubscribers'
  | 'contactCenters'
  | 'serviceApps'
  | 'adminAudit'
> {
  const named = new Map([...organizations].map(({ displayName, id }) => [displayName, id]));
  const [provider] = organizations;
  const borealis = named.get('Borealis Foods');
  const cobalt = named.get('Cobalt Health');
  const locations = keyed(seedLocations(named));
  const wholesale = borealis === undefined ? undefined : seedWholesale(borealis);
  return {
    locations,
    employees: seedEmployees(organizations, locations),
    workspaces: seedWorkspaces(organizations, locations),
    wholesaleCustomers: keyed(wholesale ? [wholesale.customer] : []),
    wholesaleSubscribers: keyed(wholesale?.subscribers ?? []),
    adminAudit: new Map(),
    contactCenters: new Map(cobalt === undefined ? [] : [[cobalt, seedContactCenter(cobalt)]]),
    serviceApps: keyed(provider === undefined ? [] : [seedServiceApp('Hubkeeper', provider.id)]),
  };
}

/** A customer like any other: the `number`th of a world, with nothing but an administrator. */
export function newCustomer(number: number, now: Date): { organization: Organization; administrator: Person } {
  const its = organization(`Customer ${number}`, now.toISOString(), CUSTOMER_ROLES, []);
  const administrator = person(`Administrator ${number}`, `admin@customer-${number}.example`, its, {
    title: 'Administrator',
    roles: [ROLES.fullAdministrator.id],
    administers: [its.id],
  });
  return { organization: its, administrator };
}

const keyed = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));

/** A new world, with ids and secrets of its own. `now` is when the spaces were made. */
export function seedWorld(now: Date): World {
  const created = now.toISOString();
  const provider = organization(
    'Meridian Managed Services',
    '2017-03-02T09:00:00.000Z',
    [...CUSTOMER_ROLES, ROLES.partnerAdministrator, ROLES.wholesaleAdministrator],
    licenses('Sub-310042', [
      ['Messaging', 80, 61, 0],
      ['Meeting - Webex Meeting Center', 80, 44, 0, 'meridian.webex.com'],
      ['Webex Calling - Professional', 80, 58, 0],
    ]),
  );
  const acme = organization(
    'Acme Robotics',
    '2019-06-11T13:20:00.000Z',
    CUSTOMER_ROLES,
    licenses('Sub-418820', [
      ['Messaging', 250, 231, 0],
      ['Meeting - Webex Meeting Center', 250, 188, 0, 'acme-robotics.webex.com'],
      ['Webinars - 1000 attendees', 5, 2, 0, 'acme-robotics.webex.com'],
      ['Webex Calling - Professional', 200, 176, 0],
      ['Webex Calling - Workspaces', 40, 0, 31],
      ['Call on Webex (1:1 call, non-PSTN)', 0, 231, 0],
      ['Webex Room Systems', 24, 0, 19],
    ]),
  );
  const borealis = organization(
    'Borealis Foods',
    '2020-10-05T08:45:00.000Z',
    CUSTOMER_ROLES,
    licenses('Sub-502117', [
      ['Messaging', 120, 96, 0],
      ['Meeting - Webex Meeting Center', 60, 60, 0, 'borealisfoods.webex.com'],
      ['Webex Calling - Standard', 110, 87, 0],
      ['Customer Experience - Essentials', 25, 18, 0],
      ['Basic Space Meetings', -1, 96, 0],
    ]),
  );
  const cobalt = organization(
    'Cobalt Health',
    '2021-01-18T15:05:00.000Z',
    CUSTOMER_ROLES,
    licenses('Sub-615509', [
      ['Messaging', 900, 612, 0],
      ['Meeting - Webex Meeting Center', 900, 540, 0, 'cobalthealth.webex.com'],
      ['Webex Calling - Professional', 750, 733, 0],
      ['Webex Calling - Workspaces', 160, 0, 142],
      ['Contact Center Premium Agent', 60, 52, 0],
      ['Contact Center Standard Agent', 40, 11, 0],
      ['Screen Share', 0, 0, 37],
    ]),
  );

  const ada = person('Ada Lindqvist', 'ada@meridian.example', provider, {
    title: 'Partner administrator',
    roles: [ROLES.fullAdministrator.id, ROLES.partnerAdministrator.id],
    administers: [provider.id, acme.id, borealis.id],
  });
  const ben = person('Ben Okafor', 'ben@meridian.example', provider, { title: 'Service desk' });
  const administratorOf = (name: string, email: string, org: Organization) =>
    person(name, email, org, {
      title: 'Administrator',
      roles: [ROLES.fullAdministrator.id],
      administers: [org.id],
    });
  const carol = administratorOf('Carol Reyes', 'carol@acme.example', acme);
  const dmitri = administratorOf('Dmitri Holm', 'dmitri@borealis.example', borealis);
  const elena = administratorOf('Elena Marchetti', 'elena@cobalt.example', cobalt);
  const bot: Person = {
    id: webexId('PEOPLE'),
    type: 'bot',
    email: 'hubkeeper@webex.bot',
    displayName: 'Hubkeeper',
    orgId: provider.id,
    roles: [],
    administers: [],
    created,
    deleted: false,
  };
  const people = [ada, ben, carol, dmitri, elena, bot];

  const group = newRoom('group', 'Webex operations', ada, created);
  const direct = newRoom('direct', bot.displayName, ada, created);
  const memberships = [
    ...[ada, ben, bot].map((member) => newMembership(group, member, created)),
    ...[ada, bot].map((member) => newMembership(direct, member, created)),
  ];

  const organizations = [provider, acme, borealis, cobalt];
  const authorizations = people.map((holder) => ownToken(holder, now));
  const clientId = newClientId();
  const integration = {
    name: 'Hubkeeper',
    applicationId: webexId('APPLICATION', clientId),
    clientId,
    clientSecret: newClientSecret(),
    scopes: [...integrationScopes],
    redirectUris: [],
  };
  const services = seedServices(organizations);
  const serviceApps = [...services.serviceApps.values()];
  return {
    version: 1,
    clockOffsetMs: 0,
    switches: { ...initialSwitches },
    integration,
    botId: bot.id,
    organizations: keyed(organizations),
    ...services,
    people: keyed(people),
    rooms: keyed([group, direct]),
    memberships: keyed(memberships),
    messages: new Map(),
    actions: new Map(),
    webhooks: new Map(),
    authorizations: new Map(authorizations.map((row) => [row.token, row])),
    grants: new Map(),
    codes: new Map(),
    issuedSecrets: [
      ...[integration, ...serviceApps].map(({ clientSecret }) => clientSecret),
      ...authorizations.map((row) => row.token),
    ],
  };
}

/** Adds somebody with a token of their own: without any role, or as a full administrator of the organization. */
export function addPerson(
  { world, now }: { world: World; now: () => Date },
  wanted: Pick<Person, 'email' | 'displayName' | 'orgId' | 'type'> & { isAdministrator: boolean },
): Person {
  const { email, displayName, orgId, type, isAdministrator } = wanted;
  const org = world.organizations.get(orgId);
  if (org === undefined) throw new Error('nobody can be added to an organization that does not exist');
  const rights = isAdministrator ? { roles: [ROLES.fullAdministrator.id], administers: [orgId] } : {};
  const added = person(displayName, email, org, { type, created: now().toISOString(), ...rights });
  const authorization = ownToken(added, now());
  world.people.set(added.id, added);
  world.authorizations.set(authorization.token, authorization);
  world.issuedSecrets.push(authorization.token);
  return added;
}

/** A bot's token (about a hundred years, fixed scopes) or a person's own, which here lives as long so that the page keeps working. */
export function ownToken(holder: Person, now: Date): Authorization {
  const expiresAt = new Date(now);
  expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + 100);
  return {
    id: webexId('AUTHORIZATION'),
    token: newToken(holder.orgId),
    type: 'access',
    personId: holder.id,
    scopes: [...personalScopes(holder.type)],
    created: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
