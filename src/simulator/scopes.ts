// The scopes that the local Webex knows, in words as its consent page shows them.

import type { Person } from './world.ts';

const chatScopes = [
  'spark:messages_read',
  'spark:messages_write',
  'spark:rooms_read',
  'spark:rooms_write',
  'spark:memberships_read',
  'spark:memberships_write',
  'spark:people_read',
];

/** What the consent page says that each scope allows. Only these are known; any other is refused. */
export const scopesInWords: Readonly<Record<string, string>> = {
  'spark:people_read': 'See who you are',
  'spark:kms': 'Read and write encrypted content',
  'spark-admin:people_read': "See your organization's people",
  'spark-admin:people_write': "Change your organization's people",
  'spark-admin:organizations_read': 'See your organizations',
  'spark-admin:roles_read': 'See the administrator roles',
  'spark-admin:licenses_read': 'See the licenses and how many are used',
  'spark-admin:locations_read': 'See the locations',
  'spark-admin:workspaces_read': 'See the workspaces',
  'spark-admin:wholesale_customers_read': 'See wholesale customers',
  'spark-admin:wholesale_customers_write': 'Create and change wholesale customers',
  'spark-admin:wholesale_subscribers_read': 'See wholesale subscribers',
  'spark-admin:wholesale_sub_partners_read': 'See wholesale sub-partners',
  'cjp:config_read': 'See the contact center configuration',
  'cjp:config': 'See and change the contact center configuration',
  'spark:applications_token': 'Create tokens of your service apps',
  'application:webhooks_read': 'See the webhooks of your apps',
  'application:webhooks_write': 'Create and change webhooks of your apps',
  'identity:tokens_read': 'See which integrations hold your authorization',
  'identity:tokens_write': 'Revoke authorizations of integrations',
  'audit:events_read': 'See what administrators did in Control Hub',
};

/** What the Hubkeeper integration was registered with. */
export const integrationScopes: readonly string[] = Object.keys(scopesInWords);

/** What the service apps of this world are registered with: no chat, and no tokens of other apps. */
export const serviceAppScopes: readonly string[] = integrationScopes.filter(
  (scope) => scope === 'spark:people_read' || !/^(spark|application):/.test(scope),
);

/** A bot's scopes are fixed and hold nothing administrative; a person's own token may do all that the person may. */
export function personalScopes(type: Person['type']): readonly string[] {
  return type === 'bot' ? chatScopes : [...new Set([...chatScopes, ...integrationScopes])];
}
