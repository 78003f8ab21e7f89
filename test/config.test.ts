// The configuration as a table of environments, and the two documents that show it held to the schema.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDatabaseUrl } from '../src/config/database-url.ts';
import { variables } from '../src/config/variables.ts';
import { readConfig } from '../src/config.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const real = {
  WEBEX_BOT_TOKEN: 'bot',
  WEBEX_CLIENT_ID: 'C1',
  WEBEX_CLIENT_SECRET: 'secret-of-the-integration',
  WEBHOOK_SECRET: 'secret-of-webhooks',
  ENCRYPTION_KEYS: `k1:${key}`,
  ADMINS: 'Ada@Meridian.example, ben@meridian.example',
};

function configOf(env: Record<string, string>) {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function warningsOf(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? result.warnings : [];
}

function problemsOf(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems;
}

describe('an environment that fits', () => {
  it('is the demo where nothing is set', () => {
    expect(configOf({})).toEqual({
      port: 3000,
      host: undefined,
      publicUrl: undefined,
      webex: undefined,
      contactCenterUrl: undefined,
      databaseUrl: undefined,
      dataDir: './data',
      encryptionKeys: [],
      admins: [],
      provider: { name: undefined, contact: undefined },
      refreshSchedule: '* * * * *',
      expirySchedule: '0 * * * *',
      metricsToken: undefined,
      logLevel: 'info',
    });
  });

  it('is the real service with a bot token and all that it needs', () => {
    const config = configOf({ ...real, PORT: '0', DATABASE_URL: 'postgres://u:p@db:5432/h', NODE_ENV: 'production' });
    expect(config.webex).toEqual({
      apiUrl: 'https://webexapis.com/v1',
      botToken: 'bot',
      clientId: 'C1',
      clientSecret: 'secret-of-the-integration',
      webhookSecret: 'secret-of-webhooks',
      serviceApp: undefined,
    });
    expect(config.admins).toEqual(['ada@meridian.example', 'ben@meridian.example']);
    expect(config.encryptionKeys).toEqual([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
    expect(config.port).toBe(0);
  });

  it('has a service app where both its id and its secret are given', () => {
    const app = { WEBEX_SERVICE_APP_CLIENT_ID: 'C2', WEBEX_SERVICE_APP_CLIENT_SECRET: 'secret-of-the-app' };
    expect(configOf({ ...real, ...app }).webex?.serviceApp).toEqual({
      clientId: 'C2',
      clientSecret: 'secret-of-the-app',
      name: undefined,
    });
    const named = { ...real, ...app, WEBEX_SERVICE_APP_NAME: ' Meridian Hub ' };
    expect(configOf(named).webex?.serviceApp?.name).toBe('Meridian Hub');
    for (const [given, missing] of [
      ['WEBEX_SERVICE_APP_CLIENT_ID', 'WEBEX_SERVICE_APP_CLIENT_SECRET'],
      ['WEBEX_SERVICE_APP_CLIENT_SECRET', 'WEBEX_SERVICE_APP_CLIENT_ID'],
    ] as const) {
      const problems = problemsOf({ ...real, [given]: app[given] });
      expect(problems).toEqual([expect.stringContaining(`${missing}: required with ${given}`)]);
    }
    expect(problemsOf({ ...real, ...app, WEBEX_SERVICE_APP_CLIENT_ID: 'C1' })).toEqual([
      expect.stringContaining('WEBEX_SERVICE_APP_CLIENT_ID: is that of the integration'),
    ]);
  });

  it('C5: names the provider and a contact as they are written', () => {
    const written = { PROVIDER_NAME: 'Müller & Söhne', PROVIDER_CONTACT: ' https://meridian.example/webex ' };
    expect(configOf(written).provider).toEqual({ name: 'Müller & Söhne', contact: 'https://meridian.example/webex' });
    for (const [name, value] of [
      ['PROVIDER_NAME', 'two\nlines'],
      ['PROVIDER_NAME', 'x'.repeat(81)],
      ['PROVIDER_CONTACT', 'turned \u202e around'],
      ['PROVIDER_CONTACT', 'x'.repeat(201)],
    ] as const) {
      expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(`${name}: give a`)]);
    }
  });

  it('takes an empty value for an absent one, as .env.example leaves it', () => {
    expect(configOf({ WEBEX_BOT_TOKEN: '', ADMINS: ' ', DATABASE_URL: '' }).databaseUrl).toBeUndefined();
  });

  it('keeps several encryption keys in their order', () => {
    const config = configOf({ ...real, ENCRYPTION_KEYS: `new:${key}, old:${key}` });
    expect(config.encryptionKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });
});

describe('a value that does not fit', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'hub.example'],
    ['PUBLIC_URL', 'https://hub.example/'],
    ['PUBLIC_URL', 'ftp://hub.example'],
    ['PUBLIC_URL', 'https://hub.example?x=1'],
    ['WEBEX_API_URL', 'webexapis.com'],
    ['WEBEX_CONTACT_CENTER_URL', 'nowhere'],
    ['WEBEX_CONTACT_CENTER_URL', 'https://api.wxcc-{Region}.cisco.com'],
    ['DATABASE_URL', 'mysql://localhost/h'],
    ['DATABASE_URL', 'localhost:5432'],
    ['ENCRYPTION_KEYS', key],
    ['ENCRYPTION_KEYS', 'k1:c2hvcnQ='],
    ['ENCRYPTION_KEYS', `k1:${key},k1:${key}`],
    ['ENCRYPTION_KEYS', `k 1:${key}`],
    ['ADMINS', 'ada'],
    ['ADMINS', 'ada@meridian.example;ben@meridian.example'],
    ['REFRESH_SCHEDULE', 'often'],
    ['REFRESH_SCHEDULE', '0 0 31 2 *'],
    ['EXPIRY_SCHEDULE', '99 * * * *'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is one problem, which names the variable', (name, value) => {
    const problems = problemsOf({ ...real, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
  });

  it.each(['WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBHOOK_SECRET', 'ENCRYPTION_KEYS', 'ADMINS'])(
    '%s is required with a bot token',
    (name) => {
      expect(problemsOf({ ...real, [name]: '' })).toEqual([expect.stringMatching(new RegExp(`^${name}: required`))]);
    },
  );

  it.each([
    ['WEBEX_CLIENT_ID', 'C1'],
    ['WEBEX_CLIENT_SECRET', 'secret-of-the-integration'],
    ['WEBEX_API_URL', 'https://x.example/v1'],
    ['WEBHOOK_SECRET', 'secret-of-webhooks'],
    ['ENCRYPTION_KEYS', `k1:${key}`],
    ['ADMINS', 'ada@meridian.example'],
  ])('D3: %s without a bot token refuses the demo', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: has no effect without WEBEX_BOT_TOKEN`)),
    ]);
  });

  it.each([
    ['PORT', '80 '],
    ['PORT', '\n80'],
    ['PORT', '"80"'],
    ['WEBEX_BOT_TOKEN', 'bot\n'],
    ['WEBEX_BOT_TOKEN', 'bo t'],
    ['WEBEX_BOT_TOKEN', '\u201cbot\u201d'],
    ['WEBEX_CLIENT_SECRET', "'secret-of-the-integration'"],
    ['PUBLIC_URL', 'https://user:password@hub.example'],
    ['PUBLIC_URL', 'https://hub.example/oauth/callback'],
    ['PUBLIC_URL', 'https://hub.example/hub/oauth/callback'],
    ['PUBLIC_URL', 'https://hub.example/webhooks/webex'],
    ['PUBLIC_URL', 'https://hub.example/a//b'],
    ['PUBLIC_URL', 'https://hub.example/../b'],
    ['PUBLIC_URL', 'https://hub.example/h%20b'],
    ['PUBLIC_URL', 'https://0.0.0.0'],
    ['WEBEX_API_URL', 'https://webexapis.com'],
    ['WEBEX_API_URL', 'https://u:p@webexapis.com/v1'],
    ['DATABASE_URL', 'postgres://'],
    ['DATABASE_URL', 'postgres:///hub'],
    ['DATABASE_URL', 'postgres://u:p%@db/hub'],
    ['DATABASE_URL', 'postgres://u:p#p@db/hub'],
    ['DATABASE_URL', 'postgres://u:p@db:70000/hub'],
    ['HOST', 'http://127.0.0.1'],
    ['HOST', '127.0.0.1:3000'],
    ['HOST', '[::1]'],
    ['HOST', '999.1.1.1'],
    ['ADMINS', 'ada@meridian.example,'],
    ['ADMINS', 'hub@webex.bot'],
  ])('O12: %s=%j is one problem, which names the variable', (name, value) => {
    expect(problemsOf({ ...real, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });

  it.each([
    ['WEBHOOK_SECRET', '1'],
    ['WEBHOOK_SECRET', 'secret'],
    ['WEBHOOK_SECRET', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['METRICS_TOKEN', 'metrics'],
    ['METRICS_TOKEN', 'a token with blanks in it'],
    ['PUBLIC_URL', 'http://hub.example'],
    ['PUBLIC_URL', 'http://10.1.2.3:3000'],
    ['WEBEX_API_URL', 'http://webexapis.com/v1'],
    ['WEBEX_CONTACT_CENTER_URL', 'http://api.wxcc-{region}.cisco.com'],
  ])('D7: %s=%s is refused', (name, value) => {
    expect(problemsOf({ ...real, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });

  it.each([
    ['http://localhost:3000'],
    ['http://127.0.0.1:3000/hub'],
    ['http://[::1]:3000'],
    ['https://hub.example/hub/two'],
  ])('D7: PUBLIC_URL=%s is taken', (value) => {
    expect(configOf({ ...real, PUBLIC_URL: value }).publicUrl).toBe(value);
  });

  it.each([
    ['ENCRYPTION_KEYS', `k1:${Buffer.alloc(32).toString('base64')}`],
    ['ENCRYPTION_KEYS', `k1:${Buffer.from('a password of thirty-two letters').toString('base64')}`],
    ['REFRESH_SCHEDULE', '0 0 1 * *'],
    ['EXPIRY_SCHEDULE', '0 0 * * 1'],
    ['WEBEX_BOT_TOKN', 'bot'],
  ])('D7: %s=%s is warned of', (name, value) => {
    const fine = { ...real, ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}` };
    expect(warningsOf(fine)).toEqual([]);
    expect(warningsOf({ ...fine, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });

  it('lists all problems at once, and no secret', () => {
    const problems = problemsOf({ ...real, PORT: 'x', ENCRYPTION_KEYS: 'hush:hush', LOG_LEVEL: 'x', ADMINS: '' });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toMatch(/hush|secret-of/);
  });

  it('refuses the simulator in production', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([expect.stringMatching(/^WEBEX_BOT_TOKEN: /)]);
  });
});

describe('DATABASE_URL', () => {
  const plain = {
    servers: [{ host: 'db', port: 5432 }],
    user: 'u',
    password: 'p',
    database: 'h',
    tls: { mode: 'disable', isDirect: false },
    session: {},
  };

  it.each<[string, object]>([
    ['', {}],
    ['?schema=public', {}],
    ['?connection_limit=1', { poolSize: 1 }],
    ['?connect_timeout=3', { connectTimeout: 3 }],
    ['?channel_binding=prefer&gssencmode=disable&sslsni=1', {}],
    ['?pool_timeout=10&socket_timeout=5&statement_cache_size=0&supa=base-pooler.x&uselibpqcompat=true', {}],
    [
      '?application_name=mine&options=-c%20statement_timeout%3D5000',
      { session: { application_name: 'mine', options: '-c statement_timeout=5000' } },
    ],
    ['?target_session_attrs=read-write', { targetSession: 'read-write' }],
    ['?target_session_attrs=any', {}],
    ['?sslmode=disable', {}],
    ['?sslmode=allow', { tls: { mode: 'prefer', isDirect: false } }],
    ['?sslmode=prefer', { tls: { mode: 'prefer', isDirect: false } }],
    ['?sslmode=require', { tls: { mode: 'require', isDirect: false } }],
    ['?sslmode=no-verify', { tls: { mode: 'require', isDirect: false } }],
    ['?sslmode=verify-ca', { tls: { mode: 'verify-ca', isDirect: false } }],
    ['?sslmode=verify-full', { tls: { mode: 'verify-full', isDirect: false } }],
    ['?ssl=true', { tls: { mode: 'require', isDirect: false } }],
    ['?ssl=false', {}],
    ['?sslmode=require&sslaccept=strict', { tls: { mode: 'verify-full', isDirect: false } }],
    [
      '?sslmode=require&sslrootcert=/ca.pem',
      { tls: { mode: 'verify-ca', isDirect: false, rootCertificate: '/ca.pem' } },
    ],
    [
      '?sslrootcert=system&sslnegotiation=direct',
      { tls: { mode: 'verify-full', isDirect: true, rootCertificate: 'system' } },
    ],
  ])('D1: postgres://u:p@db/h%s is read', (query, changed) => {
    const url = `postgres://u:p@db/h${query}`;
    expect(readDatabaseUrl(url)).toEqual({ ok: true, warnings: [], address: { ...plain, ...changed } });
  });

  it.each<[string, object]>([
    [
      'postgresql://u:p@a:1,b/h',
      {
        servers: [
          { host: 'a', port: 1 },
          { host: 'b', port: 5432 },
        ],
      },
    ],
    ['postgres://u:p@[::1]:6000/h', { servers: [{ host: '::1', port: 6000 }] }],
    ['postgres://u:p@%2Fvar%2Frun/h', { servers: [{ host: '/var/run', port: 5432 }] }],
    ['postgres:///h?host=/var/run&user=u&password=p', { servers: [{ host: '/var/run', port: 5432 }] }],
    ['postgres://%40u:p%2F%23@db/a%20b', { user: '@u', password: 'p/#', database: 'a b' }],
  ])('D1: %s names its servers', (url, changed) => {
    expect(readDatabaseUrl(url)).toMatchObject({ ok: true, address: { ...plain, ...changed } });
  });

  it.each([
    ['channel_binding', 'channel_binding=require&sslmode=require'],
    ['pgbouncer', 'pgbouncer=true&connection_limit=1'],
  ])('D1: %s is warned of', (name, query) => {
    expect(
      warningsOf({
        ...real,
        ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
        DATABASE_URL: `postgres://u:p@db/h?${query}`,
      }),
    ).toEqual([expect.stringMatching(new RegExp(`^DATABASE_URL: ${name}`))]);
  });

  it.each([
    ['channel_binding', 'channel_binding=require'],
    ['schema', 'schema=hub'],
    ['sslmode', 'sslmode=always'],
    ['sslcrl', 'sslcrl=/crl.pem'],
    ['sslcert', 'sslmode=require&sslcert=/own.pem'],
    ['connection_limit', 'connection_limit=0'],
    ['connect_timeout', 'connect_timeout=soon'],
    ['target_session_attrs', 'target_session_attrs=fast'],
    ['ssl_min_protocol_version', 'ssl_min_protocol_version=TLS1'],
    ['require_auth', 'require_auth=scram-sha-256'],
  ])('D1: %s is refused in one sentence that names it, and no secret', (name, query) => {
    const [problem, ...others] = problemsOf({ ...real, DATABASE_URL: `postgres://u:hush@db/h?${query}` });
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^DATABASE_URL: .*${name}`));
    expect(problem).not.toContain('hush');
  });
});

describe('what the documents say', () => {
  const names = variables.map(({ name }) => name).sort();

  it('.env.example shows every variable once, with a value that fits or none', () => {
    const shown = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z_]+)=(.*)$/gm)];
    expect(shown.map(([, name]) => name).sort()).toEqual(names);
    const values = Object.fromEntries(shown.map(([, name = '', value = '']) => [name, value]));
    expect(problemsOf({ ...values, WEBEX_API_URL: '' })).toEqual([]);
  });

  it("the README's table shows every variable with its default and meaning", () => {
    const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$/gm)];
    const shown = rows.map(([, name, fallback, meaning]) => ({
      name,
      default: fallback?.replaceAll('`', ''),
      meaning,
    }));
    expect(shown).toEqual(variables.map((variable) => ({ ...variable })));
  });
});
