// Which Webex scopes a record needs for the features that are switched on, and what each scope means in words.

/** The switches of an organization's record that decide what its grant must allow. */
export interface Features {
  wholesale_status: boolean;
  webex_contact_center: boolean;
}

const always = [
  'spark:people_read',
  'spark-admin:organizations_read',
  'spark-admin:roles_read',
  'spark-admin:licenses_read',
  'identity:tokens_read',
  'identity:tokens_write',
];
const forWholesale = ['spark-admin:wholesale_customers_read', 'spark-admin:wholesale_subscribers_read'];
const forContactCenter = ['cjp:config_read'];

const inWords: Readonly<Record<string, string>> = {
  'spark:people_read': 'see who authorized the connection, and for which organization',
  'spark-admin:organizations_read': 'see which organizations the administrator looks after',
  'spark-admin:roles_read': 'read the roles of the organization',
  'spark-admin:licenses_read': 'read the licenses of the organization and how many are in use',
  'identity:tokens_read': 'find the grant itself at Webex',
  'identity:tokens_write': 'revoke the grant when the wrong organization was connected',
  'spark-admin:wholesale_customers_read': 'read the wholesale customer and its packages',
  'spark-admin:wholesale_subscribers_read': 'read the wholesale subscribers',
  'cjp:config_read': 'read the configuration of the contact center',
};

/** The scopes that a consent must ask for: the fewest that the switched-on features work with. */
export function neededScopes(features: Features): string[] {
  return [
    ...always,
    ...(features.wholesale_status ? forWholesale : []),
    ...(features.webex_contact_center ? forContactCenter : []),
  ];
}

/** What a scope allows, in words that follow "to"; a scope that we never ask for is named as it is. */
export function describeScope(scope: string): string {
  return inWords[scope] ?? `use ${scope}`;
}

/** Whether a read is worth asking: false where Webex told what it granted and the scope is not among it. */
export function mayRead(granted: readonly string[], scope: string): boolean {
  return granted.length === 0 || granted.includes(scope);
}

/** The needed scopes that were not granted, in the order of `needed`. */
export function missingScopes(granted: readonly string[], needed: readonly string[]): string[] {
  const has = new Set(granted);
  return needed.filter((scope) => !has.has(scope));
}
