// Bodies of good answers with the fields and types of Webex's official OpenAPI files, each by its method and route. The client must read them, and the
// simulator's must be of the same fields and types. Null stands where any type may come, null among them.

const id = (kind: string) =>
  Buffer.from(`ciscospark://us/${kind}/2f9eecc5-0472-4549-9a83-2afdae0d4ba1`).toString('base64url');
const instant = '2026-03-01T12:00:00.000Z';
const uuid = '2f9eecc5-0472-4549-9a83-2afdae0d4ba1';

const license = {
  ...{ id: id('LICENSE'), name: 'Meeting - Webex Meeting Center', totalUnits: 50, consumedUnits: 5 },
  ...{ consumedByUsers: 5, consumedByWorkspaces: 0, subscriptionId: 'Sub-hydra', siteUrl: 'site1.webex.com' },
  siteType: 'Control Hub managed site',
};

const person = {
  ...{ id: id('PEOPLE'), emails: ['john@acme.example'], extension: '133', locationId: id('LOCATION') },
  phoneNumbers: [{ type: 'work', value: '+1 408 526 7209', primary: true }],
  ...{ displayName: 'John Andersen', nickName: 'John', firstName: 'John', lastName: 'Andersen', userName: 'john' },
  ...{ avatar: 'https://avatars.example/1', orgId: id('ORGANIZATION'), roles: [id('ROLE')], licenses: [id('LICENSE')] },
  ...{ department: 'Sales', manager: 'John Duarte', managerId: id('PEOPLE'), title: 'GM', timezone: 'America/Denver' },
  addresses: [{ type: 'work', country: 'US', locality: 'Milpitas', region: 'CA', streetAddress: '1', postalCode: '9' }],
  ...{ created: instant, lastModified: instant, lastActivity: instant, siteUrls: ['acme.webex.com#attendee'] },
  sipAddresses: [{ type: 'personal-room', value: 'john@acme.webex.com', primary: false }],
  ...{ xmppFederationJid: 'john@acme.example', status: 'active', type: 'person' },
  // The examples write them as texts, the live service as yes or no.
  ...{ invitePending: null, loginEnabled: null },
};

const wholesaleCustomer = {
  ...{ id: id('ENTERPRISE'), orgId: id('ORGANIZATION'), externalId: uuid, status: 'provisioned_with_errors' },
  address: {
    ...{ addressLine1: '771 Alder Drive', addressLine2: 'Cisco Site 5', city: 'Milpitas', stateOrProvince: 'CA' },
    ...{ zipOrPostalCode: '95035', country: 'US' },
  },
  packages: ['webex_calling', 'webex_meetings'],
  resourceDetails: {
    packages: [
      {
        ...{ name: 'webex_calling', status: 'provisioned_with_errors', licenseIds: [id('LICENSE')] },
        warnings: [{ errorCode: 5003, description: 'Package limit exceeded' }],
        errors: [{ errorCode: 5004, description: 'Package failed' }],
      },
    ],
  },
  errors: [{ errorCode: 201011, description: 'Unable to create the trial' }],
};

const page = (...data: object[]) => ({
  meta: {
    ...{ orgid: uuid, page: 0, pageSize: 100, totalPages: 1, totalRecords: 1 },
    links: { self: '/site', first: '/site', last: '/site' },
  },
  data: data.map((item) => ({ ...item, organizationId: uuid, version: 1, systemDefault: false })),
});

export const officialBodies = {
  'GET /licenses': { items: [license] },
  'GET /licenses/{licenseId}': {
    ...license,
    users: [{ id: id('PEOPLE'), type: 'INTERNAL', displayName: 'John Andersen', email: 'john@acme.example' }],
  },
  'GET /locations': {
    items: [
      {
        ...{ id: id('LOCATION'), name: 'Denver', orgId: id('ORGANIZATION'), timeZone: 'America/Chicago' },
        ...{
          preferredLanguage: 'en_us',
          announcementLanguage: 'fr_fr',
          latitude: '12.9',
          longitude: '77.6',
          notes: 'Suite',
        },
        address: {
          ...{ address1: '123 Some St.', address2: 'Suite 456', city: 'Supercity', state: 'Goodstate' },
          ...{ postalCode: '12345', country: 'US' },
        },
      },
    ],
  },
  'GET /locations/{locationId}/floors': {
    items: [{ id: id('FLOOR'), locationId: id('LOCATION'), floorNumber: -1, displayName: 'The basement' }],
  },
  'GET /people': { items: [person], notFoundIds: [] },
  'GET /people/{personId}': person,
  'GET /workspaces': {
    items: [
      {
        ...{ id: id('PLACES'), orgId: id('ORGANIZATION'), locationId: id('LOCATION'), workspaceLocationId: 'YL34GrT' },
        ...{ floorId: id('FLOOR'), displayName: 'Capanina', capacity: 5, type: 'notSet', created: instant },
        ...{ sipAddress: 'capanina@acme.room.ciscospark.com', notes: 'a note', hotdeskingStatus: 'on' },
        calling: {
          ...{ type: 'hybridCalling', hybridCalling: { emailAddress: 'capanina@acme.example' } },
          webexCalling: { licenses: [] },
        },
        ...{
          supportedDevices: 'collaborationDevices',
          calendar: { type: 'microsoft', emailAddress: 'c@acme.example' },
        },
        ...{ deviceHostedMeetings: { enabled: true, siteUrl: 'acme.webex.com' }, devicePlatform: 'cisco' },
        ...{ indoorNavigation: {}, health: { level: 'error', issues: [] }, devices: [] },
      },
    ],
  },
  'GET /wholesale/customers': { items: [wholesaleCustomer] },
  'GET /wholesale/customers/{customerId}': wholesaleCustomer,
  'GET /wholesale/subscribers': {
    items: [
      {
        ...{ id: id('SUBSCRIBER'), personId: id('PEOPLE'), email: 'john@acme.example', package: 'webex_calling' },
        ...{ customerId: id('ENTERPRISE'), externalCustomerId: uuid, status: 'provisioned' },
        ...{ lastStatusChange: '2021-08-06T02:05:41.791232Z', created: instant, packages: ['webex_calling'] },
        errors: [{ errorCode: 200016, description: 'Not migrated yet' }],
      },
    ],
  },
  'POST /wholesale/customers/validate': {
    message: 'success',
    info: [{ infoCode: 100, description: 'Provisioning preCheck validation successful.' }],
  },
  'POST /wholesale/customers': { url: `https://webexapis.com/v1/wholesale/customers/${id('ENTERPRISE')}` },
  'GET /people/{personId}/features/callingBehavior': {
    ...{ behaviorType: null, effectiveBehaviorType: 'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL' },
    profileId: id('CALLING_PROFILE'),
  },
  'GET /telephony/config/callingProfiles': { callingProfiles: [{ id: id('CALLING_PROFILE'), name: 'UC Profile1' }] },
  'GET /organization/{orgid}/v2/site': page({ id: uuid, name: 'Galway', active: true, multimediaProfileId: uuid }),
  'GET /organization/{orgid}/v2/team': page({
    ...{
      id: uuid,
      name: 'Support',
      active: true,
      teamType: 'AGENT',
      teamStatus: 'IN_SERVICE',
      siteId: uuid,
      siteName: 'Galway',
    },
  }),
  'GET /organization/{orgid}/v2/contact-service-queue': page({
    ...{ id: uuid, name: 'Queue', active: true, queueType: 'INBOUND', channelType: 'TELEPHONY' },
    ...{ queueRoutingType: 'TEAM_BASED', routingType: 'SKILLS_BASED' },
  }),
  'GET /organization/{orgid}/v2/entry-point': page({
    ...{ id: uuid, name: 'Main line', active: true, entryPointType: 'INBOUND', channelType: 'TELEPHONY' },
  }),
  'GET /partner/tags': [{ name: 'Gold', description: 'Pays well' }],
  'GET /partner/tags/organizations': [{ orgName: 'Acme', orgId: id('ORGANIZATION'), tags: ['Gold', 'West'] }],
  'GET /adminAudit/events': {
    items: [
      {
        ...{ id: uuid, created: instant, actorId: uuid, actorOrgId: id('ORGANIZATION') },
        data: {
          ...{ actorOrgName: 'Acme Inc.', actorName: 'Joe Smith', actorEmail: 'joe@acme.example', actorIp: '10.0.0.1' },
          ...{
            actorUserAgent: 'Mozilla/5.0',
            adminRoles: ['User'],
            trackingId: 'ATLAS_1',
            actionText: 'Joe logged in',
          },
          ...{
            targetType: 'TargetResourceType.ORG',
            targetId: uuid,
            targetName: 'Acme Inc.',
            targetOrgName: 'Acme Inc.',
          },
          ...{ targetOrgId: id('ORGANIZATION'), eventCategory: 'EventCategory.LOGINS', eventDescription: 'Logged in' },
        },
      },
    ],
  },
  'POST /applications/{applicationId}/token': {
    ...{ access_token: 'an-access-token', expires_in: 3600, refresh_token: 'a-refresh-token' },
    ...{ refresh_token_expires_in: 7776000, token_type: 'Bearer' },
  },
} as const satisfies Record<string, object>;

export type OfficialRoute = keyof typeof officialBodies;

/** An organization's UUID, and its API's id, as the bodies have them. */
export const officialUuid = uuid;
export const officialOrgId = id('ORGANIZATION');
