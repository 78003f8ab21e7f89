// What stands beside the organization itself, as the world keeps it: wholesale customers, contact centers, service apps, calling, workspaces and the admin audit.

/** A customer that a partner provisioned through the wholesale program; Webex knows it by an id of its own. */
export interface WholesaleCustomer {
  id: string;
  orgId: string;
  externalId: string;
  address: {
    addressLine1: string;
    addressLine2?: string | undefined;
    city: string;
    stateOrProvince?: string | undefined;
    zipOrPostalCode?: string | undefined;
    country: string;
  };
  packages: string[];
  status: string;
  /** What there is to say of a package beside that it is provisioned. */
  details: Record<string, WholesaleDetails>;
  errors: WholesaleProblem[];
  /** A change that is under way: the packages before it, and when it will be done. */
  work?: { from: string[]; endsAt: string };
  /** How changes go. */
  provisioning?: WholesaleProvisioning;
}

export interface WholesaleProvisioning {
  takesMs?: number | undefined;
  /** Packages that cannot be added. */
  fails?: (WholesaleProblem & { name: string })[] | undefined;
  /** Whether the precheck takes a customer that exists: Webex does not say. */
  precheck?: 'accepts' | 'refuses' | undefined;
}

export interface WholesaleProblem {
  errorCode: number;
  description: string;
}

export interface WholesaleDetails {
  status?: string;
  warnings?: WholesaleProblem[];
  errors?: WholesaleProblem[];
}

/** Who uses packages of a wholesale customer. */
export interface WholesaleSubscriber {
  id: string;
  personId: string;
  email: string;
  customerId: string;
  packages: string[];
  status: 'provisioned' | 'pending_user_migration';
  errors: WholesaleProblem[];
  created: string;
  lastStatusChange: string;
}

/** An organization's contact center, which one region serves. */
export interface ContactCenter {
  orgId: string;
  /** As in the host's name: `us1`. */
  region: string;
  sites: ContactCenterSite[];
  teams: ContactCenterTeam[];
  queues: ContactCenterQueue[];
  entryPoints: ContactCenterEntryPoint[];
}

/** What everything of a contact center has. */
export interface ContactCenterItem {
  id: string;
  name: string;
  active: boolean;
  systemDefault: boolean;
}

export interface ContactCenterSite extends ContactCenterItem {
  multimediaProfileId: string;
}

export interface ContactCenterTeam extends ContactCenterItem {
  teamType: 'AGENT' | 'CAPACITY';
  teamStatus: 'IN_SERVICE' | 'NOT_AVAILABLE';
  siteId: string;
  siteName: string;
}

export interface ContactCenterQueue extends ContactCenterItem {
  queueType: 'INBOUND' | 'OUTBOUND';
  channelType: 'TELEPHONY' | 'EMAIL' | 'CHAT';
  queueRoutingType: 'TEAM_BASED' | 'SKILL_BASED' | 'AGENT_BASED';
  routingType: 'LONGEST_AVAILABLE_AGENT' | 'SKILLS_BASED' | 'CIRCULAR' | 'LINEAR';
}

export interface ContactCenterEntryPoint extends ContactCenterItem {
  entryPointType: 'INBOUND' | 'OUTBOUND';
  channelType: 'TELEPHONY' | 'EMAIL' | 'CHAT';
}

/** An app that acts in an organization by a machine account, once a full administrator there has authorized it. */
export interface ServiceApp {
  /** Webex's id of the client id. */
  id: string;
  name: string;
  clientId: string;
  clientSecret: string;
  /** The organization that made it. */
  orgId: string;
  scopes: string[];
  /** The machine account in each organization that has authorized it: ids of people by those of organizations. */
  machines: Record<string, string>;
}

/** In which app somebody's calls begin, as set for the person alone. Absent of people whose setting nobody has touched. */
export interface CallingBehaviour {
  /** Null: the organization's default is in effect. */
  behaviorType: string | null;
  /** The UC Manager profile; null: the organization's default. */
  profileId: string | null;
  /** Webex answers nobody of it. */
  isHidden?: boolean;
}

/** A room with its device. */
export interface Workspace {
  id: string;
  orgId: string;
  displayName: string;
  locationId?: string;
  created: string;
  calling: {
    type: 'hybridCalling' | 'webexCalling';
    /** Of hybrid calling. */
    emailAddress?: string;
  };
}

/** What an administrator did in an organization. */
export interface AdminAuditEvent {
  id: string;
  orgId: string;
  created: string;
  actorId: string;
  actorOrgId: string;
  data: {
    actorOrgName: string;
    actorName: string;
    actorEmail: string;
    actorIp: string;
    actorUserAgent: string;
    adminRoles: string[];
    trackingId: string;
    eventCategory: string;
    eventDescription: string;
    actionText: string;
    targetType: string;
    targetId: string;
    targetName: string;
    targetOrgId: string;
    targetOrgName: string;
  };
}
