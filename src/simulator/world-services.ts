// What Webex sells beside the organization itself, as the world keeps it: wholesale customers and contact centers.

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
