// The configuration as a table of environments, and the two documents that show it held to the schema.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig, variables } from '../src/config.ts';

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

function problemsOf(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems;
}

describe('an environment that fits', () => {
  it('is the demo where nothing is set', () => {
    expect(configOf({})).toEqual({
      port: 3000,
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
    });
    expect(config.admins).toEqual(['ada@meridian.example', 'ben@meridian.example']);
    expect(config.encryptionKeys).toEqual([{ id: 'k1', key: Buffer.alloc(32, 1) }]);
    expect(config.port).toBe(0);
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

  it.each(['WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBEX_API_URL', 'WEBHOOK_SECRET'])(
    '%s without a bot token is pointed out, not ignored',
    (name) => {
      expect(problemsOf({ [name]: 'https://x.example/v1' })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
    },
  );

  it('lists all problems at once, and no secret', () => {
    const problems = problemsOf({ ...real, PORT: 'x', ENCRYPTION_KEYS: 'hush:hush', LOG_LEVEL: 'x', ADMINS: '' });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toMatch(/hush|secret-of/);
  });

  it('refuses the simulator in production', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([expect.stringMatching(/^WEBEX_BOT_TOKEN: /)]);
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
