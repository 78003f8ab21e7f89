import { describe, expect, it, test } from 'vitest';
import { checkOrganization, untypedSecrets } from '../../src/organizations/check-organization.ts';
import { recordChanges } from '../../src/organizations/organization-changes.ts';
import { NO_CHOICE, ORGANIZATION_FIELDS } from '../../src/organizations/organization-fields.ts';

const uuid = '000fd0e4-83ef-d398-be23-d06998580fed';
const webexId = Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64url');
const least = { name: 'Acme', account_number_external: uuid };

function problemsOf(input: Record<string, unknown>): Record<string, string> {
  const checked = checkOrganization(input);
  return 'problems' in checked
    ? Object.fromEntries(checked.problems.map(({ field, message }) => [field, message]))
    : {};
}

function valuesOf(input: Record<string, unknown>) {
  const checked = checkOrganization({ ...least, ...input });
  return 'values' in checked ? checked.values : checked;
}

describe('an organization’s record', () => {
  it('needs only a name and a number; the rest starts empty, syncing on', () => {
    expect(checkOrganization(least)).toEqual({
      values: {
        name: 'Acme',
        account_number_external: uuid,
        account_number: webexId,
        account_email: null,
        sync: true,
        wholesale_status: false,
        webex_contact_center: false,
        base_url_setting: null,
        default_calling_behaviour: null,
        email_domain: null,
        dirsync_enabled: false,
        http_proxy: null,
        https_proxy: null,
        notes: null,
      },
    });
  });

  it('T1: holds nothing invisible at the ends of what was pasted', () => {
    const pasted = (text: string) => `\ufeff\u200b ${text}\u200e\u2060`;
    const typed = {
      name: 'Acme',
      account_number_external: uuid,
      account_email: 'admin@example.com',
      email_domain: 'example.com',
      base_url_setting: 'us1',
      http_proxy: 'http://proxy.example.com:3128',
      notes: 'Two\nlines',
    };
    const entries = Object.entries(typed);
    expect(valuesOf(Object.fromEntries(entries.map(([key, value]) => [key, pasted(value)])))).toEqual(valuesOf(typed));
    expect(problemsOf({ ...least, name: '\u200b\u2060' })).toEqual({
      name: 'Customer Name is missing: type the name of this customer.',
    });
    expect(untypedSecrets({ http_proxy: '\u200b', https_proxy: 'http://p:1' })).toEqual(['http_proxy']);
  });

  it.each([
    ['name', '  Acme\n\tCorp ', 'Acme Corp'],
    ['name', 'שלום עולם 株式会社 👩‍👩‍👧', 'שלום עולם 株式会社 👩‍👩‍👧'],
    ['name', 'x'.repeat(1024), 'x'.repeat(1024)],
    ['account_number_external', ` ${uuid.toUpperCase()} `, uuid],
    ['account_number_external', webexId, uuid],
    ['account_email', ' admin@example.com ', 'admin@example.com'],
    ['account_email', '   ', null],
    ['sync', 'false', false],
    ['sync', true, true],
    ['sync', '', true],
    ['sync', null, true],
    ['dirsync_enabled', 'true', true],
    ['dirsync_enabled', '', false],
    ['base_url_setting', 'eu', 'eu'],
    ['base_url_setting', NO_CHOICE, null],
    ['default_calling_behaviour', 'Cisco Jabber app', 'Cisco Jabber app'],
    ['email_domain', 'Example.COM', 'example.com'],
    ['email_domain', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['notes', ' one\r\ntwo\tthree ', 'one\ntwo three'],
    ['http_proxy', 'http://proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['http_proxy', 'https://ada:p%40ss@10.0.0.1:1', 'https://ada:p%40ss@10.0.0.1:1'],
    ['https_proxy', 'http://ada@[2001:db8::1]:65535', 'http://ada@[2001:db8::1]:65535'],
    ['https_proxy', ' None ', null],
  ])('takes %s %j as %j', (field, sent, kept) => {
    expect(valuesOf({ [field]: sent })).toMatchObject({ [field]: kept });
  });

  const proxyForm = 'write http(s)://[user:password]@host:port, such as http://proxy.example.com:3128.';
  const proxyCharacters =
    'HTTP Proxy has special characters in its user or password that must be URL encoded (@ as %40, : as %3A, / as %2F): ';

  test.each([
    ['http://u:p%E9ss@h:1', 'password'],
    ['http://u%E9:pass@h:1', 'user'],
    ['https://u%C3:p%E9@h:1', 'user'],
    ['http://u:%ff%fe@h:1', 'password'],
    ['http://%80@h:1', 'user'],
  ])('P2: %s is refused, and its %s is named but not repeated', (address, part) => {
    expect(problemsOf({ http_proxy: address })).toMatchObject({
      http_proxy: `HTTP Proxy has a ${part} that is not URL encoded as UTF-8 (é as %C3%A9, ü as %C3%BC, % as %25): ${proxyForm}`,
    });
  });

  it.each<[string, unknown, string]>([
    ['name', ' \n ', 'Customer Name is missing: type the name of this customer.'],
    ['name', 'x'.repeat(1025), 'Customer Name is too long: shorten it to 1024 characters.'],
    ['name', 12, 'Customer Name is not text: type it again.'],
    ['name', 'a\u0000b', 'Customer Name contains an invisible control character: type it again instead of pasting it.'],
    ['name', 'a\u202Eb', 'Customer Name contains an invisible control character: type it again instead of pasting it.'],
    [
      'account_number_external',
      '',
      'Organization Account Number is missing: copy it from Webex Control Hub, where it stands under Account.',
    ],
    [
      'account_email',
      'ada',
      'Admin Account Email is not an e-mail address: type one such as admin@example.com, or leave it empty.',
    ],
    ['sync', 'perhaps', 'Sync on Create is neither on nor off: choose one.'],
    ['sync', 1, 'Sync on Create is neither on nor off: choose one.'],
    [
      'base_url_setting',
      'mars',
      'Contact Center Region is not one of its choices: choose US, ANZ, UK, EU (Frankfurt), Japan, Canada, Singapore.',
    ],
    [
      'default_calling_behaviour',
      'Shouting',
      'Default Calling Behaviour is not one of its choices: choose Calling in Webex App, Calling in Webex App (Unified CM), Cisco Jabber app, Third-Party app.',
    ],
    ...['@example.com', 'http://example.com', 'example', 'exa mple.com', '-a.example', '1.2.3.4'].map(
      (domain): [string, unknown, string] => [
        'email_domain',
        domain,
        'Email Domain for Hybrid Calling in Workspaces is not a domain name: type one such as example.com, without @ and http://.',
      ],
    ),
    ['notes', 'a\u0007b', 'Please Note contains an invisible control character: type it again instead of pasting it.'],
    ['http_proxy', 'proxy.example.com:3128', `HTTP Proxy must begin with http:// or https://: ${proxyForm}`],
    ['http_proxy', 'socks5://proxy.example.com:1080', `HTTP Proxy must begin with http:// or https://: ${proxyForm}`],
    ['http_proxy', 'http://proxy.example.com', `HTTP Proxy has no port: ${proxyForm}`],
    ['http_proxy', 'http://:3128', `HTTP Proxy has no valid host: ${proxyForm}`],
    ['http_proxy', 'http://pro xy:3128', `HTTP Proxy has no valid host: ${proxyForm}`],
    ['http_proxy', 'http://[1::2::3]:3128', `HTTP Proxy has no valid host: ${proxyForm}`],
    ['http_proxy', 'http://10.0.0.256:3128', `HTTP Proxy has no valid host: ${proxyForm}`],
    ['http_proxy', 'http://proxy:0', `HTTP Proxy has a port that is not between 1 and 65535: ${proxyForm}`],
    ['http_proxy', 'http://proxy:65536', `HTTP Proxy has a port that is not between 1 and 65535: ${proxyForm}`],
    ['http_proxy', 'http://proxy:3128/path', `HTTP Proxy has something other than a port after its host: ${proxyForm}`],
    ...['ada:p@ss', 'ada:p:ss', 'ada:p/ss', 'ada:p%zz', 'ad a:x', 'ada:pä', ':x'].map(
      (user): [string, unknown, string] => ['http_proxy', `http://${user}@proxy:1`, `${proxyCharacters}${proxyForm}`],
    ),
  ])('refuses %s %j', (field, sent, message) => {
    expect(problemsOf({ ...least, [field]: sent })).toEqual({ [field]: message });
  });

  it('needs a region for a contact-center customer, and only then', () => {
    const message = 'Contact Center Region is missing: choose the region of this contact-center customer.';
    expect(problemsOf({ ...least, webex_contact_center: 'true' })).toEqual({ base_url_setting: message });
    expect(problemsOf({ ...least, webex_contact_center: true, base_url_setting: NO_CHOICE })).toEqual({
      base_url_setting: message,
    });
    expect(problemsOf({ ...least, webex_contact_center: 'true', base_url_setting: 'jp' })).toEqual({});
    expect(problemsOf({ ...least, webex_contact_center: 'false' })).toEqual({});
  });

  it('tells every problem at once, in the order of the fields, each with its label', () => {
    const wrong = Object.fromEntries(ORGANIZATION_FIELDS.map(({ name }) => [name, '\u0000']));
    const checked = checkOrganization({ ...wrong, webex_contact_center: 'true', base_url_setting: '' });
    const problems = 'problems' in checked ? checked.problems : [];
    const expected = ORGANIZATION_FIELDS.filter(({ name }) => name !== 'webex_contact_center');
    expect(problems.map(({ field }) => field)).toEqual(expected.map(({ name }) => name));
    problems.forEach(({ message }, index) => {
      expect(message).toContain(expected[index]?.label);
    });
  });

  it('never repeats a secret', () => {
    const problems = problemsOf({ ...least, http_proxy: 'http://ada:hunter2@proxy', https_proxy: 'ada:hunter2@proxy' });
    expect(Object.keys(problems)).toEqual(['http_proxy', 'https_proxy']);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('ignores what is no field', () => {
    expect(valuesOf({ action: 'save-organization', id: 'x', account_number: 'y' })).not.toHaveProperty('action');
    expect(valuesOf({ account_number: 'y' })).toMatchObject({ account_number: webexId });
  });
});

describe('an edit', () => {
  const checked = checkOrganization({ ...least, http_proxy: 'http://ada:hunter2@proxy:1', base_url_setting: 'eu' });
  if (!('values' in checked)) throw new Error('the record is wrong');
  const { values } = checked;

  it.each([
    ['nothing', {}, []],
    ['a name', { name: 'Acme 2' }, [['name', 'Acme', 'Acme 2']]],
    ['a toggle', { sync: false }, [['sync', 'Yes', 'No']]],
    ['a choice', { base_url_setting: null }, [['base_url_setting', 'EU (Frankfurt)', 'Not set']]],
    [
      'a secret',
      { http_proxy: 'http://ada:hunter3@proxy:1' },
      [['http_proxy', 'Set, stored encrypted', 'Another, stored encrypted']],
    ],
    [
      'secrets that come and go',
      { http_proxy: null, https_proxy: 'http://ada:hunter3@proxy:1' },
      [
        ['http_proxy', 'Set, stored encrypted', 'Not set'],
        ['https_proxy', 'Not set', 'Set, stored encrypted'],
      ],
    ],
  ])('of %s is told in words, without any secret', (_what, edited, expected) => {
    const changes = recordChanges(values, { ...values, ...edited });
    expect(changes.map(({ field, from, to }) => [field, from, to])).toEqual(expected);
  });

  it.each([
    [{}, ['http_proxy', 'https_proxy']],
    [{ http_proxy: '  ', https_proxy: 'none' }, ['http_proxy']],
    [{ http_proxy: 'http://proxy:1', https_proxy: null }, ['https_proxy']],
  ])('that sends %j keeps the secrets %j', (input, kept) => {
    expect(untypedSecrets(input)).toEqual(kept);
  });
});
