// Which Webex scopes a record needs for the features that are switched on, and what each scope means in words.

import { capitalized } from '../lib/text.ts';

/** The switches of an organization's record that decide what its grant must allow. */
export interface Features {
  /** Whether roles, licenses, locations and people are synced. */
  sync: boolean;
  wholesale_status: boolean;
  webex_contact_center: boolean;
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
  'cjp:config_read': {
    allows: 'read the configuration of the contact center',
    asked: 'Read the configuration of your contact center',
    why: 'to show its sites, teams, queues and entry points',
  },
};

/** The scopes that a consent must ask for: the fewest that the switched-on features work with. */
export function neededScopes(features: Features): string[] {
  return [
    ...always,
    ...(features.sync ? forSync : []),
    ...(features.wholesale_status ? forWholesale : []),
    ...(features.webex_contact_center ? forContactCenter : []),
  ];
}

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
