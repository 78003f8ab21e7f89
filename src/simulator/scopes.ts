// The scopes that the local Webex knows, in words as its consent page shows them.

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
  'spark-admin:organizations_read': 'See your organizations',
  'spark-admin:roles_read': 'See the administrator roles',
  'spark-admin:licenses_read': 'See the licenses and how many are used',
  'spark-admin:locations_read': 'See the locations',
  'spark-admin:wholesale_customers_read': 'See wholesale customers',
  'spark-admin:wholesale_customers_write': 'Create and change wholesale customers',
  'spark-admin:wholesale_subscribers_read': 'See wholesale subscribers',
  'spark-admin:wholesale_sub_partners_read': 'See wholesale sub-partners',
  'cjp:config_read': 'See the contact center configuration',
  'cjp:config': 'See and change the contact center configuration',
  'identity:tokens_read': 'See which integrations hold your authorization',
  'identity:tokens_write': 'Revoke authorizations of integrations',
};

/** What the Hubkeeper integration was registered with. */
export const integrationScopes: readonly string[] = Object.keys(scopesInWords);

/** A bot's scopes are fixed and hold nothing administrative; a person's own token may do all that the person may. */
export function personalScopes(type: 'person' | 'bot'): readonly string[] {
  return type === 'bot' ? chatScopes : [...new Set([...chatScopes, ...integrationScopes])];
}
