import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askedScope, describeScope, missingScopes, neededScopes } from '../../src/connections/scopes.ts';

const plain = { sync: false, wholesale_status: false, webex_contact_center: false };
const everything = { sync: true, wholesale_status: true, webex_contact_center: true };

describe('scopes', () => {
  it('S4: asks for the least that a plain record works with', () => {
    expect(neededScopes(plain)).toEqual([
      'spark:people_read',
      'spark-admin:organizations_read',
      'identity:tokens_read',
      'identity:tokens_write',
    ]);
  });

  it.each([
    [
      'wholesale',
      { ...plain, wholesale_status: true },
      [
        'spark-admin:wholesale_customers_read',
        'spark-admin:wholesale_customers_write',
        'spark-admin:wholesale_subscribers_read',
      ],
    ],
    [
      'the sync',
      { ...plain, sync: true },
      ['spark-admin:roles_read', 'spark-admin:licenses_read', 'spark-admin:locations_read', 'spark-admin:people_read'],
    ],
    ['contact center', { ...plain, webex_contact_center: true }, ['cjp:config_read']],
  ])('S4: asks for more where %s is switched on', (_, features, more) => {
    expect(missingScopes(neededScopes(plain), neededScopes(features))).toEqual(more);
  });

  it('says in words what every scope is for', () => {
    for (const scope of neededScopes(everything)) expect(describeScope(scope)).not.toContain(scope);
    expect(describeScope('audit:events_read')).toBe('use audit:events_read');
  });

  it('S4: the README names every scope that can be asked for and no other, and says why tokens_write is asked of everybody', () => {
    const step = /3\. \*\*Make an integration[\s\S]*?\n4\. /.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '';
    const named = [...step.matchAll(/`((?:spark|spark-admin|identity|cjp):\w+)`/g)].map(([, scope]) => scope);
    expect([...new Set(named)].sort()).toEqual([...neededScopes(everything)].sort());
    expect(step).toMatch(/`identity:tokens_write` is asked of everybody, since/);
  });

  it('C5: tells customers of every scope what is asked for and why, without its name', () => {
    const told = neededScopes(everything).map(askedScope);
    for (const { asked, why } of told) {
      expect(asked).toMatch(/^(Read|Give) /);
      expect(why).toMatch(/^to /);
      expect(`${asked} ${why}`).not.toMatch(/:|_|scope|token/);
    }
    expect(new Set(told.map(({ asked }) => asked)).size).toBe(told.length);
  });

  it('does not mind superfluous scopes', () => {
    expect(missingScopes(['spark:kms', ...neededScopes(everything)], neededScopes(plain))).toEqual([]);
  });
});
