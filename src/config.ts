// Configuration: a pure function from an environment to a Config, or to all its problems, each with a hint. No value is repaired silently.

import { Cron } from 'croner';
import { z } from 'zod';

/** One environment variable as the README and `.env.example` show it; a test holds both to this table. */
export interface Variable {
  name: string;
  /** Shown where the variable is absent; `–` where there is no default. */
  default: string;
  meaning: string;
}

export const variables = [
  { name: 'PORT', default: '3000', meaning: 'HTTP port (0: any free one)' },
  {
    name: 'PUBLIC_URL',
    default: 'http://localhost:PORT',
    meaning: 'where Webex and browsers reach us: webhook target, and OAuth redirect with `/oauth/callback` behind it',
  },
  {
    name: 'WEBEX_BOT_TOKEN',
    default: '–',
    meaning: 'absent: the built-in simulator starts and the bot uses it (refused when `NODE_ENV=production`)',
  },
  { name: 'WEBEX_CLIENT_ID', default: '–', meaning: 'the integration; required with a bot token' },
  { name: 'WEBEX_CLIENT_SECRET', default: '–', meaning: 'the integration; required with a bot token' },
  {
    name: 'WEBEX_API_URL',
    default: 'https://webexapis.com/v1',
    meaning: 'any Webex REST base, OAuth endpoints included',
  },
  {
    name: 'WEBEX_CONTACT_CENTER_URL',
    default: '–',
    meaning: "overrides the contact center's base URL; `{region}` in it stands for the region's code, such as `us1`",
  },
  { name: 'WEBHOOK_SECRET', default: '–', meaning: 'signs webhooks; required with a bot token' },
  { name: 'DATABASE_URL', default: '–', meaning: 'PostgreSQL; absent: PGlite in `DATA_DIR`' },
  {
    name: 'DATA_DIR',
    default: './data',
    meaning: 'embedded database and, in demo only, the generated key file (mode 0600)',
  },
  {
    name: 'ENCRYPTION_KEYS',
    default: '–',
    meaning: '`id:base64(32 bytes)[,…]`; required with a bot token; the first seals, all open',
  },
  {
    name: 'ADMINS',
    default: '–',
    meaning: 'e-mails of the first provider administrators, separated by commas; required with a bot token',
  },
  {
    name: 'PROVIDER_NAME',
    default: '–',
    meaning: "who asks customers for access, as the consent page says it; absent: the bot's name",
  },
  {
    name: 'PROVIDER_CONTACT',
    default: '–',
    meaning: 'whom customers may ask about it: an e-mail or `https://` address, a phone number, or words',
  },
  {
    name: 'REFRESH_SCHEDULE',
    default: '* * * * *',
    meaning: 'Croner pattern, seconds allowed: when to look for due refreshes',
  },
  {
    name: 'EXPIRY_SCHEDULE',
    default: '0 * * * *',
    meaning: 'Croner pattern, seconds allowed: when to look for deadlines',
  },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'trace, debug, info, warn, error, fatal or silent' },
] as const satisfies readonly Variable[];

type VariableName = (typeof variables)[number]['name'];

export interface EncryptionKey {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** What the service needs to use Webex. In the demo the simulator provides it. */
export interface WebexAccess {
  apiUrl: string;
  botToken: string;
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
}

/** What the operator says of the provider; undefined where nothing is said. */
export interface ProviderWords {
  name: string | undefined;
  contact: string | undefined;
}

export interface Config {
  port: number;
  /** Without a trailing slash; undefined: `http://localhost:` and the bound port. */
  publicUrl: string | undefined;
  /** Undefined: no bot token was given, the simulator stands in. */
  webex: WebexAccess | undefined;
  contactCenterUrl: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** Empty only in demo, where a key file is generated. */
  encryptionKeys: EncryptionKey[];
  /** Lower case. Empty only in demo. */
  admins: string[];
  /** Who asks customers for access, in their own words. */
  provider: ProviderWords;
  refreshSchedule: string;
  expirySchedule: string;
  logLevel: string;
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

const hasProtocol = (value: string, protocol: RegExp): boolean =>
  URL.canParse(value) && protocol.test(new URL(value).protocol);

const baseUrl = z
  .string()
  .refine((value) => hasProtocol(value, /^https?:$/) && !/[?#]/.test(value) && !value.endsWith('/'));

/** May hold `{region}`, once or not at all. */
const contactCenterUrl = z.string().refine((value) => {
  const filledIn = value.replace('{region}', 'us1');
  return baseUrl.safeParse(filledIn).success && !/[{}]/.test(filledIn);
});

const postgresUrl = z.string().refine((value) => hasProtocol(value, /^postgres(ql)?:$/));

const email = z.email();

/** One line that people read. */
const line = (mostCharacters: number) =>
  z
    .string()
    .max(mostCharacters)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);

/**
 * Reads the whole configuration. An empty value counts as absent. The result lists every problem, never only the first;
 * no problem's text repeats a secret's value.
 */
export function readConfig(env: Record<string, string | undefined>): ConfigResult {
  const problems: string[] = [];
  const given = (name: VariableName): string | undefined => env[name]?.trim() || undefined;

  /** The variable's parsed value, or its fallback where the variable is absent. A value that does not fit becomes a problem. */
  function read<T, F>(name: VariableName, schema: z.ZodType<T, string>, fallback: F, hint: string): T | F {
    const value = given(name);
    if (value === undefined) return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(`${name}: ${hint}`);
    return fallback;
  }

  const schedule = (name: VariableName, fallback: string) =>
    read(name, z.string().refine(isSchedule), fallback, 'give a cron pattern that will fire, such as `* * * * *`');

  const webex = readWebexAccess();
  const config: Config = {
    port: read('PORT', port, 3000, 'give a number from 0 to 65535'),
    publicUrl: read(
      'PUBLIC_URL',
      baseUrl,
      undefined,
      'give a URL that begins with http:// or https://, without a trailing slash, query or fragment',
    ),
    webex,
    contactCenterUrl: read(
      'WEBEX_CONTACT_CENTER_URL',
      contactCenterUrl,
      undefined,
      'give a URL that begins with http:// or https://, without a trailing slash, such as https://api.wxcc-{region}.cisco.com',
    ),
    databaseUrl: read(
      'DATABASE_URL',
      postgresUrl,
      undefined,
      'give a URL like postgres://user:password@host:5432/database',
    ),
    dataDir: given('DATA_DIR') ?? './data',
    encryptionKeys: readKeys(),
    admins: readAdmins(),
    provider: {
      name: read('PROVIDER_NAME', line(80), undefined, 'give a name of at most 80 characters, on one line'),
      contact: read('PROVIDER_CONTACT', line(200), undefined, 'give a contact of at most 200 characters, on one line'),
    },
    refreshSchedule: schedule('REFRESH_SCHEDULE', '* * * * *'),
    expirySchedule: schedule('EXPIRY_SCHEDULE', '0 * * * *'),
    logLevel: read(
      'LOG_LEVEL',
      z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
      'info',
      'give one of trace, debug, info, warn, error, fatal, silent',
    ),
  };
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems };

  function readWebexAccess(): WebexAccess | undefined {
    const apiUrl = read(
      'WEBEX_API_URL',
      baseUrl,
      'https://webexapis.com/v1',
      'give the REST base without a trailing slash, such as https://webexapis.com/v1',
    );
    const botToken = given('WEBEX_BOT_TOKEN');
    if (botToken === undefined) {
      if (env['NODE_ENV'] === 'production') {
        problems.push(
          'WEBEX_BOT_TOKEN: required when NODE_ENV=production; make a bot at developer.webex.com and give its token',
        );
      }
      for (const name of ['WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBEX_API_URL', 'WEBHOOK_SECRET'] as const) {
        if (given(name) !== undefined) {
          problems.push(
            `${name}: has no effect without WEBEX_BOT_TOKEN; give the bot's token, or remove ${name} for the demo`,
          );
        }
      }
      return undefined;
    }
    return {
      apiUrl,
      botToken,
      clientId: required('WEBEX_CLIENT_ID', 'copy it from your integration at developer.webex.com'),
      clientSecret: required('WEBEX_CLIENT_SECRET', 'copy it from your integration at developer.webex.com'),
      webhookSecret: required('WEBHOOK_SECRET', 'make one up, for example with: openssl rand -hex 32'),
    };
  }

  function required(name: VariableName, hint: string): string {
    const value = given(name);
    if (value === undefined) problems.push(`${name}: required with WEBEX_BOT_TOKEN; ${hint}`);
    return value ?? '';
  }

  function readKeys(): EncryptionKey[] {
    const value = given('ENCRYPTION_KEYS');
    if (value === undefined) {
      if (webex) required('ENCRYPTION_KEYS', 'make one, for example with: echo "k1:$(openssl rand -base64 32)"');
      return [];
    }
    const keys = value.split(',').map((item, index) => {
      const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(item.trim()) ?? [];
      if (id === undefined || base64 === undefined) {
        problems.push(
          `ENCRYPTION_KEYS: entry ${index + 1} is not id:base64 of 32 bytes; make one with: openssl rand -base64 32`,
        );
      }
      return { id: id ?? '', key: Buffer.from(base64 ?? '', 'base64') };
    });
    const ids = keys.map((key) => key.id);
    if (new Set(ids).size < ids.length)
      problems.push('ENCRYPTION_KEYS: two entries have the same id; give each its own');
    return keys;
  }

  function readAdmins(): string[] {
    const value = given('ADMINS');
    if (value === undefined) {
      if (webex) required('ADMINS', 'give the e-mail with which you sign in to Webex');
      return [];
    }
    const admins = value.split(',').map((item) => item.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
    for (const admin of admins) {
      if (!email.safeParse(admin).success)
        problems.push(`ADMINS: "${admin}" is not an e-mail address; separate addresses by commas`);
    }
    return admins;
  }
}

function isSchedule(pattern: string): boolean {
  try {
    return new Cron(pattern).nextRun() !== null;
  } catch {
    return false;
  }
}
