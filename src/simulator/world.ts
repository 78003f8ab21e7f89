// Everything that the local Webex remembers. Plain values only, so that a world can be written to a file and read back.

import type {
  AdminAuditEvent,
  CallingBehaviour,
  ContactCenter,
  ServiceApp,
  WholesaleCustomer,
  WholesaleSubscriber,
  Workspace,
} from './world-services.ts';

export interface License {
  id: string;
  name: string;
  totalUnits: number;
  consumedUnits: number;
  consumedByUsers: number;
  consumedByWorkspaces: number;
  subscriptionId?: string;
  siteUrl?: string;
  siteType?: string;
}

export interface Role {
  id: string;
  name: string;
}

/** A building of an organization. */
export interface Location {
  id: string;
  orgId: string;
  name: string;
  timeZone: string;
  preferredLanguage: string;
  address: {
    address1: string;
    city: string;
    state: string;
    postalCode: string;
    country: string;
  };
  latitude: string;
  longitude: string;
  notes?: string;
  /** Deleted in Control Hub; it can come back. */
  deleted?: boolean;
  floors: Floor[];
}

export interface Floor {
  id: string;
  floorNumber: number;
  displayName: string;
}

export interface Organization {
  id: string;
  displayName: string;
  created: string;
  roles: Role[];
  licenses: License[];
  /** Given by its partner; none where absent. */
  tags?: readonly string[];
}

export interface Person {
  id: string;
  /** `machine`: the account of a service app in an organization. */
  type: 'person' | 'bot' | 'machine';
  email: string;
  displayName: string;
  firstName?: string;
  lastName?: string;
  title?: string;
  orgId: string;
  /** Role ids that the person holds. */
  roles: string[];
  /** Ids of the organizations that the person administers, the own one included. */
  administers: string[];
  created: string;
  /** Deleted in Control Hub: cannot sign in, and every token is dead. */
  deleted: boolean;
  calling?: CallingBehaviour;
}

/** Somebody of an organization who never comes to a space: what an administrator lists beside those who do. */
export interface Employee {
  id: string;
  orgId: string;
  email: string;
  displayName: string;
  /** Ids of licenses. */
  licenses: string[];
  locationId?: string;
  invitePending: boolean;
  loginEnabled: boolean;
  created: string;
  /** The same as `created` where it is absent. */
  lastModified?: string;
  calling?: CallingBehaviour;
}

export interface Room {
  id: string;
  title: string;
  type: 'direct' | 'group';
  isLocked: boolean;
  lastActivity: string;
  creatorId: string;
  created: string;
  ownerId: string;
  isPublic: boolean;
  isReadOnly: boolean;
  isAnnouncementOnly: boolean;
}

export interface Membership {
  id: string;
  roomId: string;
  personId: string;
  personEmail: string;
  personDisplayName: string;
  personOrgId: string;
  isModerator: boolean;
  isRoomHidden: boolean;
  roomType: 'direct' | 'group';
  isMonitor: boolean;
  created: string;
}

export interface StoredFile {
  id: string;
  name: string;
  contentType: string;
  base64: string;
}

export interface CardAttachment {
  contentType: 'application/vnd.microsoft.card.adaptive';
  content: Record<string, unknown>;
}

export interface Message {
  id: string;
  roomId: string;
  roomType: 'direct' | 'group';
  parentId?: string;
  /** To whom it was posted, where that was said in place of a room. */
  toPersonId?: string;
  toPersonEmail?: string;
  personId: string;
  personEmail: string;
  text?: string;
  markdown?: string;
  html?: string;
  mentionedPeople: string[];
  mentionedGroups: string[];
  files: StoredFile[];
  attachments: CardAttachment[];
  created: string;
  updated?: string;
  edits: number;
}

export interface AttachmentAction {
  id: string;
  type: 'submit';
  messageId: string;
  roomId: string;
  personId: string;
  inputs: Record<string, unknown>;
  created: string;
  /** Who sent the card, and so may read the inputs, even when the card is deleted by now. */
  senderId: string;
}

export interface Webhook {
  id: string;
  name: string;
  targetUrl: string;
  resource: string;
  event: string;
  filter?: string;
  secret?: string;
  status: 'active' | 'inactive';
  created: string;
  creatorId: string;
  /** When deliveries failed within the last minutes; what decides over switching the webhook off. */
  failedAt: string[];
}

/** A token. Those of the integration belong to a grant; a bot's and a person's own do not. */
export interface Authorization {
  id: string;
  token: string;
  type: 'access' | 'refresh';
  personId: string;
  scopes: string[];
  clientId?: string;
  grantId?: string;
  created: string;
  expiresAt: string;
}

/** One consent: its refresh token and the access tokens that came from it. */
export interface Grant {
  id: string;
  tokens: string[];
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  redirectUri: string;
  personId: string;
  scopes: string[];
  codeChallenge?: string;
  expiresAt: string;
}

export interface Integration {
  name: string;
  applicationId: string;
  clientId: string;
  clientSecret: string;
  scopes: string[];
  redirectUris: string[];
}

/** One switch for each thing that sources disagree on or leave open. */
export interface Switches {
  /** Does a refresh renew the refresh token's 90 days? `once_a_day`: within 24 hours of the last time the same tokens come back. */
  refreshRenews: 'always' | 'never' | 'once_a_day';
  refreshToken: 'kept' | 'replaced' | 'replaced_and_old_dies';
  oldAccessToken: 'survives' | 'dies';
  /** The body of a refusal of `/access_token`: the API's shape or OAuth's. */
  tokenErrorBody: 'webex' | 'oauth';
  cardMessages: 'editable' | 'not_editable';
  /** How the kind is spelled in the ids of organizations. */
  organizationIds: 'ORGANIZATION' | 'Organization';
  sha256Signature: 'sent' | 'not_sent';
  /** With which status a press of a card's button is taken. */
  attachmentActions: 202 | 200;
  /** Whether a token says how long its refresh token lives. */
  refreshTokenLifetime: 'said' | 'unsaid';
  /** In which form the token of a service app is asked for: the id of the API, or the UUID of Control Hub. */
  serviceAppOrgId: 'base64' | 'uuid';
  /** How long a service app's access token lives: the guides name 14 days, an example of OpenAPI one hour. */
  serviceAppAccessToken: '14_days' | '1_hour';
  /** What `/people/me` is for a service app. */
  machineAccount: 'answered' | 'refused';
  /** Whether a service app that a partner's organization has authorized reaches the organizations that the partner manages. */
  machineAccountReach: 'own' | 'managed';
  /** Whether Control Hub offers a service app of another organization that App Hub has not approved. */
  privateServiceApps: 'offered' | 'not_offered';
  /** What a second consent of the same person to the same app makes: a grant of its own, one more pair of tokens of the first grant, or the end of the first. */
  secondConsent: 'own_grant' | 'same_grant' | 'ends_first';
  /** What is answered to somebody who administers nothing and consents to an administrator's scopes. */
  scopesOfOthers: 'granted' | 'invalid_scope';
  /** Whether `/adminAudit/events` wants the scope `audit:events_read`, or no more than an administrator. */
  adminAuditScope: 'wanted' | 'not_wanted';
}

export interface World {
  version: 1;
  /** How far the clock was turned forward, in milliseconds. */
  clockOffsetMs: number;
  switches: Switches;
  integration: Integration;
  botId: string;
  organizations: Map<string, Organization>;
  locations: Map<string, Location>;
  employees: Map<string, Employee>;
  workspaces: Map<string, Workspace>;
  wholesaleCustomers: Map<string, WholesaleCustomer>;
  wholesaleSubscribers: Map<string, WholesaleSubscriber>;
  /** By organization. */
  contactCenters: Map<string, ContactCenter>;
  serviceApps: Map<string, ServiceApp>;
  people: Map<string, Person>;
  adminAudit: Map<string, AdminAuditEvent>;
  rooms: Map<string, Room>;
  memberships: Map<string, Membership>;
  messages: Map<string, Message>;
  actions: Map<string, AttachmentAction>;
  webhooks: Map<string, Webhook>;
  /** By token. */
  authorizations: Map<string, Authorization>;
  grants: Map<string, Grant>;
  /** By code. */
  codes: Map<string, AuthorizationCode>;
  /** Every token, code and client secret ever given out, dead ones included. */
  issuedSecrets: string[];
}
