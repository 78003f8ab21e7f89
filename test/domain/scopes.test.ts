import { describe, expect, it } from 'vitest';
import { describeScope, missingScopes, neededScopes } from '../../src/connections/scopes.ts';

const plain = { wholesale_status: false, webex_contact_center: false };
const everything = { wholesale_status: true, webex_contact_center: true };

describe('scopes', () => {
  it('asks for the least that a plain record works with', () => {
    expect(neededScopes(plain)).toEqual([
      'spark:people_read',
      'spark-admin:organizations_read',
      'spark-admin:roles_read',
      'spark-admin:licenses_read',
      'identity:tokens_read',
      'identity:tokens_write',
    ]);
  });

  it.each([
    ['wholesale', { ...plain, wholesale_status: true }, ['spark-admin:wholesale_customers_read']],
    ['contact center', { ...plain, webex_contact_center: true }, ['cjp:config_read']],
  ])('asks for more where %s is switched on', (_, features, more) => {
    expect(missingScopes(neededScopes(plain), neededScopes(features))).toEqual(more);
  });

  it('says in words what every scope is for', () => {
    for (const scope of neededScopes(everything)) expect(describeScope(scope)).not.toContain(scope);
    expect(describeScope('audit:events_read')).toBe('use audit:events_read');
  });

  it('does not mind superfluous scopes', () => {
    expect(missingScopes(['spark:kms', ...neededScopes(everything)], neededScopes(plain))).toEqual([]);
  });
});
