import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askedScope, describeScope, missingScopes, neededScopes, scopesOfApp } from '../../src/connections/scopes.ts';

const plain = {
  ...{ sync: false, wholesale_status: false, webex_contact_center: false },
  ...{ default_calling_behaviour: null, email_domain: null },
};
const everything = {
  ...{ sync: true, wholesale_status: true, webex_contact_center: true },
  ...{ default_calling_behaviour: 'Cisco Jabber app', email_domain: 'acme.example' },
};
const off = { apply_calling_behaviour: false, read_admin_audit: false };
const on = { apply_calling_behaviour: true, read_admin_audit: true };

describe('scopes', () => {
  it('asks a service app for nothing that its way cannot do', () => {
    const needed = neededScopes({ ...plain, wholesale_status: true }, off);
    expect(scopesOfApp(needed)).toEqual(['spark-admin:organizations_read']);
  });

  it('S4: asks for the least that a plain record works with', () => {
    expect(neededScopes(plain, off)).toEqual([
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
    expect(missingScopes(neededScopes(plain, off), neededScopes(features, off))).toEqual(more);
  });

  it.each([
    ['asked where the settings say so and the record has a choice', 'Third-Party app', on, true],
    ['not asked where the record has none', null, on, false],
    ['not asked where the settings do not say so', 'Third-Party app', off, false],
  ])('S4: changing people is %s', (_, default_calling_behaviour, settings, isAsked) => {
    const needed = neededScopes({ ...plain, default_calling_behaviour }, settings);
    expect(needed.includes('spark-admin:people_write')).toBe(isAsked);
    expect(needed.includes('spark-admin:people_read')).toBe(isAsked);
  });

  it('S4: asks for each scope once, and for workspaces where the record names their domain', () => {
    const needed = neededScopes(everything, on);
    expect(new Set(needed).size).toBe(needed.length);
    expect(neededScopes({ ...plain, email_domain: 'acme.example' }, off)).toContain('spark-admin:workspaces_read');
    expect(neededScopes({ ...everything, email_domain: null }, on)).not.toContain('spark-admin:workspaces_read');
  });

  it('says in words what every scope is for', () => {
    for (const scope of neededScopes(everything, on)) expect(describeScope(scope)).not.toContain(scope);
    expect(describeScope('spark:kms')).toBe('use spark:kms');
  });

  it('S4: the README names every scope that can be asked for and no other, and says why tokens_write is asked of everybody', () => {
    const step = /3\. \*\*Make an integration[\s\S]*?\n4\. /.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '';
    const named = [...step.matchAll(/`((?:spark|spark-admin|identity|cjp|audit):\w+)`/g)].map(([, scope]) => scope);
    expect([...new Set(named)].sort()).toEqual([...neededScopes(everything, on)].sort());
    expect(step).toMatch(/`identity:tokens_write` is asked of everybody, since/);
  });

  it('C5: tells customers of every scope what is asked for and why, without its name', () => {
    const told = neededScopes(everything, on).map(askedScope);
    for (const { asked, why } of told) {
      expect(asked).toMatch(/^(Read|Give) /);
      expect(why).toMatch(/^to /);
      expect(`${asked} ${why}`).not.toMatch(/:|_|scope|token/);
    }
    expect(new Set(told.map(({ asked }) => asked)).size).toBe(told.length);
  });

  it('does not mind superfluous scopes', () => {
    expect(missingScopes(['spark:kms', ...neededScopes(everything, on)], neededScopes(plain, off))).toEqual([]);
  });
});
