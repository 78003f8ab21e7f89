// Which Webex scopes a record needs for the features that are switched on, and what each scope means in words.

import { capitalized } from '../lib/text.ts';
import type { Settings } from '../settings/settings.ts';
import { ownerScopes } from '../webex/service-app.ts';

/** What of an organization's record decides what its grant must allow. */
export interface Features {
  /** Whether roles, licenses, locations and people are synced. */
  sync: boolean;
  wholesale_status: boolean;
  webex_contact_center: boolean;
  default_calling_behaviour: string | null;
  /** Of the workspaces with hybrid calling. */
  email_domain: string | null;
}

/** What of the settings at the record does. */
export type SettingsOfScopes = Pick<Settings, 'apply_calling_behaviour' | 'read_admin_audit'>;

/** What a record's grant is for beside the record itself. */
export interface Serving {
  /** It brings the tokens of those that have authorized the service app. */
  ownsServiceApp?: boolean;
  /** It is to own the service app, once it can. */
  toOwnServiceApp?: boolean;
}

const always = ['spark:people_read', 'spark-admin:organizations_read', 'identity:tokens_read', 'identity:tokens_write'];
const forSync = [
  'spark-admin:roles_read',
  'spark-admin:licenses_read',
  'spark-admin:locations_read',
  'spark-admin:people_read',
];
const forWholesale = [
  'spark-admin:wholesale_customers_read',
  'spark-admin:wholesale_customers_write',
  'spark-admin:wholesale_subscribers_read',
];
const forContactCenter = ['cjp:config_read'];
/** What setting people's calling behaviour takes. */
export const writesCalling = 'spark-admin:people_write';
/** Of the calling behaviour, before it is set. */
const forCalling = ['spark-admin:people_read', writesCalling];
/** What reading workspaces takes. */
export const readsWorkspaces = 'spark-admin:workspaces_read';

/** Reads Control Hub's admin audit. Asked for where that is switched on, in the settings. */
export const auditScope = 'audit:events_read';

interface ScopeWords {
  /** What the scope allows, in words that follow "to". */
  readonly allows: string;
  /** What the customer's administrator reads before consenting: what is asked for, and why. */
  readonly asked: string;
  readonly why: string;
}

const inWords: Readonly<Record<string, ScopeWords>> = {
  'spark:people_read': {
    allows: 'see who authorized the connection, and for which organization',
    asked: 'Read your own name, e-mail address and organization',
    why: 'to know who gave this access, and for which organization',
  },
  'spark-admin:organizations_read': {
    allows: 'see which organizations the administrator looks after',
    asked: 'Read the names of the organizations that you administer',
    why: 'to make sure that it is the right organization',
  },
  'spark-admin:roles_read': {
    allows: 'read the roles of the organization',
    asked: 'Read the list of administrator roles',
    why: 'to show which roles there are; not who holds them',
  },
  'spark-admin:licenses_read': {
    allows: 'read the licenses of the organization and how many are in use',
    asked: 'Read your licenses, and how many are in use',
    why: 'to show what you have and what you need',
  },
  'spark-admin:locations_read': {
    allows: 'read the locations of the organization',
    asked: 'Read your locations and their addresses',
    why: 'to show where you are, and to keep a site for each of them',
  },
  'spark-admin:people_read': {
    allows: 'count the people of the organization by license and location',
    asked: 'Read your list of people with their licenses and locations',
    why: 'to count who uses what; addresses and telephone numbers are not kept',
  },
  'spark-admin:people_write': {
    allows: 'set the calling behaviour of the people of the organization',
    asked: 'Read and set in which app your people’s calls begin',
    why: 'to give people without a choice of their own the default that was agreed with you; nothing else of them is changed',
  },
  'spark-admin:workspaces_read': {
    allows: 'read the workspaces of the organization and their e-mail addresses',
    asked: 'Read your workspaces with hybrid calling',
    why: 'to show whose e-mail address is not in the domain that was agreed with you',
  },
  'identity:tokens_read': {
    allows: 'find the grant itself at Webex',
    asked: 'Read when this access expires',
    why: 'to check each day that it still works, and to ask you in time',
  },
  'identity:tokens_write': {
    allows: 'give the grant back where it is for the wrong organization, or replaced',
    asked: 'Give this access back',
    why: 'to end it at Webex where the wrong organization was connected, or a newer access takes its place; no other app is touched',
  },
  'spark-admin:wholesale_customers_read': {
    allows: 'read the wholesale customer and its packages',
    asked: 'Read your wholesale record and its packages',
    why: 'to show what is provisioned for you',
  },
  'spark-admin:wholesale_customers_write': {
    allows: 'change the packages of the wholesale customer',
    asked: 'Give and take packages of your wholesale record',
    why: 'to add and remove packages where an administrator of ours confirms it; nothing else is changed',
  },
  'spark-admin:wholesale_subscribers_read': {
    allows: 'count the subscribers of the wholesale customer',
    asked: 'Read who subscribes to the packages',
    why: 'to count subscribers by package and status; not to keep who they are',
  },
  'spark:applications_token': {
    allows: 'get the tokens of organizations that have authorized the service app',
    asked: 'Create tokens of your service app',
    why: 'to reach the organizations whose administrators have authorized it',
  },
  'application:webhooks_read': {
    allows: 'see whether Webex tells of the service app’s authorizations',
    asked: 'Read the webhooks of your apps',
    why: 'to see that news of your service app arrive',
  },
  'application:webhooks_write': {
    allows: 'have Webex tell of the service app’s authorizations',
    asked: 'Create and change webhooks of your apps',
    why: 'to hear at once where your service app is authorized, and where not any more',
  },
  [auditScope]: {
    allows: 'see what happened to whoever authorized the connection',
    asked: 'Read what administrators did in Control Hub',
    why: 'to say why this access ended, where it does, and who ended it',
  },
  'cjp:config_read': {
    allows: 'read the configuration of the contact center',
    asked: 'Read the configuration of your contact center',
    why: 'to show its sites, teams, queues and entry points',
  },
};

/** The scopes that a consent must ask for: the fewest that the switched-on features work with. */
export function neededScopes(features: Features & Serving, settings: SettingsOfScopes): string[] {
  const appliesCalling = settings.apply_calling_behaviour && features.default_calling_behaviour !== null;
  const needed = [
    ...always,
    ...(features.sync ? forSync : []),
    ...(appliesCalling ? forCalling : []),
    ...(features.email_domain === null ? [] : [readsWorkspaces]),
    ...(features.wholesale_status ? forWholesale : []),
    ...(features.webex_contact_center ? forContactCenter : []),
    ...(features.ownsServiceApp || features.toOwnServiceApp ? ownerScopes : []),
    ...(settings.read_admin_audit ? [auditScope] : []),
  ];
  return [...new Set(needed)];
}

/** Of a person's grant alone: who gave it, and how it is ended. */
const ofPerson = new Set(['spark:people_read', 'identity:tokens_read', 'identity:tokens_write']);

/** Those of the needed scopes that a service app needs: no person gave its tokens, and Control Hub ends it. */
export const scopesOfApp = (needed: readonly string[]): string[] => needed.filter((scope) => !ofPerson.has(scope));

/** What a scope allows, in words that follow "to"; a scope that we never ask for is named as it is. */
export function describeScope(scope: string): string {
  return inWords[scope]?.allows ?? `use ${scope}`;
}

/** What a scope is asked for and why, in words for the customer's administrator. */
export function askedScope(scope: string): Pick<ScopeWords, 'asked' | 'why'> {
  return inWords[scope] ?? { asked: `Use ${scope}`, why: 'as an earlier version needed it' };
}

const isWholesale = (scope: string): boolean => scope.startsWith('spark-admin:wholesale_');
const isContactCenter = (scope: string): boolean => scope.startsWith('cjp:');

/** Who must reconnect so that these scopes are granted. */
export function reconnectorOf(missing: readonly string[]): string {
  if (missing.some(isWholesale)) return 'an administrator of the service provider with wholesale rights';
  return `a full administrator of the organization${missing.some(isContactCenter) ? ' with contact-center rights' : ''}`;
}

/** The same as a sentence. */
export const whoPermits = (missing: readonly string[]): string =>
  `${capitalized(reconnectorOf(missing))} must reconnect to permit this.`;

/** Whether a read is worth asking: false where Webex told what it granted and the scope is not among it. */
export function mayRead(granted: readonly string[], scope: string): boolean {
  return granted.length === 0 || granted.includes(scope);
}

/** The needed scopes that were not granted, in the order of `needed`. */
export function missingScopes(granted: readonly string[], needed: readonly string[]): string[] {
  const has = new Set(granted);
  return needed.filter((scope) => !has.has(scope));
}
