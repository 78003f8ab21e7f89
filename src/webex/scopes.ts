// The scopes of Webex that a grant is asked for: what needs each, and what it allows in words. A new kind of data adds its row here.

/**
 * What a scope is needed for. `sync`: records that are synced. `calling`: setting people's calling behaviour. `hybrid_workspaces`: records with an e-mail domain
 * for hybrid calling in workspaces. `service_app_owner`: the record whose grant brings the tokens of the service app.
 */
export const scopeNeeds = [
  'always',
  'sync',
  'calling',
  'hybrid_workspaces',
  'wholesale',
  'contact_center',
  'service_app_owner',
  'admin_audit',
] as const;
export type ScopeNeed = (typeof scopeNeeds)[number];

interface ScopeUse {
  readonly neededFor: readonly ScopeNeed[];
  /** It is about the person who gave the grant, or about ending it: of no use where no person gave one. */
  readonly isOfPerson?: true;
  /** What the scope allows, in words that follow "to". */
  readonly allows: string;
  /** What the customer's administrator reads before consenting: what is asked for, and why. */
  readonly asked: string;
  readonly why: string;
}

/** What setting people's calling behaviour takes. */
export const writesCalling = 'spark-admin:people_write';

/** What reading workspaces takes. */
export const readsWorkspaces = 'spark-admin:workspaces_read';

/** Reads Control Hub's admin audit. Asked for where that is switched on, in the settings. */
export const auditScope = 'audit:events_read';

/** The scope with which Webex gives the tokens of a service app. */
export const bringsTokens = 'spark:applications_token';

/** Every scope that is asked for, in the order in which an administrator reads them. */
export const scopeUses: Readonly<Record<string, ScopeUse>> = {
  'spark:people_read': {
    neededFor: ['always'],
    isOfPerson: true,
    allows: 'see who authorized the connection, and for which organization',
    asked: 'Read your own name, e-mail address and organization',
    why: 'to know who gave this access, and for which organization',
  },
  'spark-admin:organizations_read': {
    neededFor: ['always'],
    allows: 'see which organizations the administrator looks after',
    asked: 'Read the names of the organizations that you administer',
    why: 'to make sure that it is the right organization',
  },
  'identity:tokens_read': {
    neededFor: ['always'],
    isOfPerson: true,
    allows: 'find the grant itself at Webex',
    asked: 'Read when this access expires',
    why: 'to check each day that it still works, and to ask you in time',
  },
  'identity:tokens_write': {
    neededFor: ['always'],
    isOfPerson: true,
    allows: 'give the grant back where it is for the wrong organization, or replaced',
    asked: 'Give this access back',
    why: 'to end it at Webex where the wrong organization was connected, or a newer access takes its place; no other app is touched',
  },
  'spark-admin:roles_read': {
    neededFor: ['sync'],
    allows: 'read the roles of the organization',
    asked: 'Read the list of administrator roles',
    why: 'to show which roles there are; not who holds them',
  },
  'spark-admin:licenses_read': {
    neededFor: ['sync'],
    allows: 'read the licenses of the organization and how many are in use',
    asked: 'Read your licenses, and how many are in use',
    why: 'to show what you have and what you need',
  },
  'spark-admin:locations_read': {
    neededFor: ['sync'],
    allows: 'read the locations of the organization',
    asked: 'Read your locations and their addresses',
    why: 'to show where you are, and to keep a site for each of them',
  },
  'spark-admin:people_read': {
    neededFor: ['sync', 'calling'],
    allows: 'count the people of the organization by license and location',
    asked: 'Read your list of people with their licenses and locations',
    why: 'to count who uses what; addresses and telephone numbers are not kept',
  },
  [writesCalling]: {
    neededFor: ['calling'],
    allows: 'set the calling behaviour of the people of the organization',
    asked: 'Read and set in which app your people’s calls begin',
    why: 'to give people without a choice of their own the default that was agreed with you; nothing else of them is changed',
  },
  [readsWorkspaces]: {
    neededFor: ['hybrid_workspaces'],
    allows: 'read the workspaces of the organization and their e-mail addresses',
    asked: 'Read your workspaces with hybrid calling',
    why: 'to show whose e-mail address is not in the domain that was agreed with you',
  },
  'spark-admin:wholesale_customers_read': {
    neededFor: ['wholesale'],
    allows: 'read the wholesale customer and its packages',
    asked: 'Read your wholesale record and its packages',
    why: 'to show what is provisioned for you',
  },
  'spark-admin:wholesale_customers_write': {
    neededFor: ['wholesale'],
    allows: 'change the packages of the wholesale customer',
    asked: 'Give and take packages of your wholesale record',
    why: 'to add and remove packages where an administrator of ours confirms it; nothing else is changed',
  },
  'spark-admin:wholesale_subscribers_read': {
    neededFor: ['wholesale'],
    allows: 'count the subscribers of the wholesale customer',
    asked: 'Read who subscribes to the packages',
    why: 'to count subscribers by package and status; not to keep who they are',
  },
  'cjp:config_read': {
    neededFor: ['contact_center'],
    allows: 'read the configuration of the contact center',
    asked: 'Read the configuration of your contact center',
    why: 'to show its sites, teams, queues and entry points',
  },
  [bringsTokens]: {
    neededFor: ['service_app_owner'],
    allows: 'get the tokens of organizations that have authorized the service app',
    asked: 'Create tokens of your service app',
    why: 'to reach the organizations whose administrators have authorized it',
  },
  'application:webhooks_read': {
    neededFor: ['service_app_owner'],
    allows: 'see whether Webex tells of the service app’s authorizations',
    asked: 'Read the webhooks of your apps',
    why: 'to see that news of your service app arrive',
  },
  'application:webhooks_write': {
    neededFor: ['service_app_owner'],
    allows: 'have Webex tell of the service app’s authorizations',
    asked: 'Create and change webhooks of your apps',
    why: 'to hear at once where your service app is authorized, and where not any more',
  },
  [auditScope]: {
    neededFor: ['admin_audit'],
    allows: 'see what happened to whoever authorized the connection',
    asked: 'Read what administrators did in Control Hub',
    why: 'to say why this access ended, where it does, and who ended it',
  },
};

/** The scopes that this needs. */
export const scopesFor = (...needs: readonly ScopeNeed[]): string[] =>
  Object.entries(scopeUses)
    .filter(([, { neededFor }]) => neededFor.some((need) => needs.includes(need)))
    .map(([scope]) => scope);
