// Configuration: a pure function from an environment to a Config, or to all its problems, each with a hint. No value is repaired silently.

import { Cron } from 'croner';
import { z } from 'zod';
import { apiUrlProblem, contactCenterUrlProblem, hostProblem, publicUrlProblem } from './config/addresses.ts';
import { readDatabaseUrl } from './config/database-url.ts';
import { bearerProblem, keyWeakness, madeUpSecretProblem, webexSecretProblem } from './config/secrets.ts';
import { serviceAppProblems } from './config/service-app.ts';
import { type VariableName, variables } from './config/variables.ts';

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
  /** The provider's own service app, where there is one. */
  serviceApp?: OwnServiceApp | undefined;
}

/** The provider's service app. */
export interface OwnServiceApp {
  clientId: string;
  clientSecret: string;
  /** As Control Hub shows it; undefined: the bot's name. */
  name?: string | undefined;
}

/** What the operator says of the provider; undefined where nothing is said. */
export interface ProviderWords {
  name: string | undefined;
  contact: string | undefined;
}

export interface Config {
  port: number;
  /** The address to listen on; undefined: all interfaces, in the demo loopback. */
  host: string | undefined;
  /** Without a trailing slash; undefined: `http://localhost:` and the bound port. */
  publicUrl: string | undefined;
  /** Undefined: no bot token was given, the simulator stands in. */
  webex: WebexAccess | undefined;
  contactCenterUrl: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** Empty in the demo alone, which generates its own. */
  encryptionKeys: EncryptionKey[];
  /** Lower case. Empty in the demo alone. */
  admins: string[];
  /** Who asks customers for access, in their own words. */
  provider: ProviderWords;
  refreshSchedule: string;
  expirySchedule: string;
  /** The bearer token for `/metrics` and the details of `/readyz`, where there is one. */
  metricsToken: string | undefined;
  logLevel: string;
}

export type ConfigResult =
  /** `warnings` name what is taken, and hardly meant. */
  { ok: true; config: Config; warnings: string[] } | { ok: false; problems: string[] };

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

const email = z.email();

/** One line that people read. */
const line = (mostCharacters: number) =>
  z
    .string()
    .max(mostCharacters)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);

const randomText = 'openssl rand -hex 32';

/**
 * Reads the whole configuration. An empty value counts as absent. The result lists every problem, never only the first;
 * no problem's text repeats a secret's value.
 */
export function readConfig(env: Record<string, string | undefined>): ConfigResult {
  const problems: string[] = [];
  const warnings: string[] = [];
  function given(name: VariableName): string | undefined {
    const text = env[name]?.trim() || undefined;
    // What people read may have blanks around it. In every other value they are a slip that would be hard to find.
    return text === undefined || wordsForPeople.has(name) ? text : env[name];
  }

  for (const { name } of variables) {
    const problem = wrapping(given(name) ?? '');
    if (problem !== undefined) problems.push(`${name}: ${problem}`);
  }
  // What is taken for a misspelled name, and would start the demo in place of the service.
  const known = new Set<string>([...variables.map(({ name }) => name), 'WEBEX_LOG_LEVEL']);
  for (const name of Object.keys(env)) {
    if (/^WEBEX_/.test(name) && !known.has(name))
      warnings.push(`${name}: there is no such variable, and it has no effect`);
  }

  /** The variable's value, where it is given and `problemOf` finds nothing wrong with it. */
  function checked(name: VariableName, problemOf: (value: string) => string | undefined): string | undefined {
    const value = given(name);
    const problem = value === undefined || wrapping(value) ? undefined : problemOf(value);
    if (problem !== undefined) problems.push(`${name}: ${problem}`);
    return problem === undefined ? value : undefined;
  }

  /** The variable's parsed value, or its fallback where the variable is absent. A value that does not fit becomes a problem. */
  function read<T, F>(name: VariableName, schema: z.ZodType<T, string>, fallback: F, hint: string): T | F {
    const value = checked(name, (text) => (schema.safeParse(text).success ? undefined : hint));
    return value === undefined || wrapping(value) ? fallback : schema.parse(value);
  }

  const webex = readWebexAccess();
  const config: Config = {
    port: read('PORT', port, 3000, 'give a number from 0 to 65535'),
    host: checked('HOST', hostProblem),
    publicUrl: checked('PUBLIC_URL', publicUrlProblem),
    webex,
    contactCenterUrl: checked('WEBEX_CONTACT_CENTER_URL', contactCenterUrlProblem),
    databaseUrl: readDatabase(),
    dataDir: given('DATA_DIR') ?? './data',
    encryptionKeys: readKeys(),
    admins: readAdmins(),
    provider: {
      name: read('PROVIDER_NAME', line(80), undefined, 'give a name of at most 80 characters, on one line'),
      contact: read('PROVIDER_CONTACT', line(200), undefined, 'give a contact of at most 200 characters, on one line'),
    },
    refreshSchedule: readSchedule('REFRESH_SCHEDULE', '* * * * *'),
    expirySchedule: readSchedule('EXPIRY_SCHEDULE', '0 * * * *'),
    metricsToken: checked('METRICS_TOKEN', (value) => bearerProblem(value, randomText)),
    logLevel: read(
      'LOG_LEVEL',
      z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
      'info',
      'give one of trace, debug, info, warn, error, fatal, silent',
    ),
  };
  return problems.length === 0 ? { ok: true, config, warnings } : { ok: false, problems };

  function readWebexAccess(): WebexAccess | undefined {
    const apiUrl = checked('WEBEX_API_URL', apiUrlProblem) ?? 'https://webexapis.com/v1';
    if (given('WEBEX_BOT_TOKEN') === undefined) {
      refuseInDemo();
      return undefined;
    }
    const integration = 'copy it from your integration at developer.webex.com';
    return {
      apiUrl,
      botToken: checked('WEBEX_BOT_TOKEN', webexSecretProblem) ?? '',
      clientId: required('WEBEX_CLIENT_ID', integration, webexSecretProblem),
      clientSecret: required('WEBEX_CLIENT_SECRET', integration, webexSecretProblem),
      webhookSecret: required('WEBHOOK_SECRET', `make one up, for example with: ${randomText}`, (value) =>
        madeUpSecretProblem(value, randomText),
      ),
      serviceApp: readServiceApp(),
    };
  }

  function readServiceApp(): OwnServiceApp | undefined {
    const names = ['WEBEX_SERVICE_APP_CLIENT_ID', 'WEBEX_SERVICE_APP_CLIENT_SECRET'] as const;
    problems.push(...serviceAppProblems({ names, given }));
    const [clientId, clientSecret] = names.map((name) => checked(name, webexSecretProblem));
    if (!clientId || !clientSecret) return undefined;
    const hint = 'give a name of at most 80 characters, on one line';
    return { clientId, clientSecret, name: read('WEBEX_SERVICE_APP_NAME', line(80), undefined, hint) };
  }

  /** The demo has keys, administrators and a Webex of its own: whoever sets these means the service. */
  function refuseInDemo(): void {
    if (env['NODE_ENV'] === 'production') {
      problems.push(
        'WEBEX_BOT_TOKEN: required when NODE_ENV=production; make a bot at developer.webex.com and give its token',
      );
    }
    const ofService = [
      ...(['WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBEX_API_URL', 'WEBHOOK_SECRET'] as const),
      ...(['WEBEX_SERVICE_APP_CLIENT_ID', 'WEBEX_SERVICE_APP_CLIENT_SECRET', 'ENCRYPTION_KEYS', 'ADMINS'] as const),
    ];
    for (const name of ofService) {
      if (given(name) === undefined) continue;
      problems.push(
        `${name}: has no effect without WEBEX_BOT_TOKEN; give the bot's token, or remove ${name} for the demo`,
      );
    }
  }

  function required(name: VariableName, hint: string, problemOf: (value: string) => string | undefined): string {
    if (given(name) === undefined) problems.push(`${name}: required with WEBEX_BOT_TOKEN; ${hint}`);
    return checked(name, problemOf) ?? '';
  }

  function readDatabase(): string | undefined {
    const value = given('DATABASE_URL');
    if (value === undefined || wrapping(value)) return undefined;
    const read = readDatabaseUrl(value);
    if (read.ok) warnings.push(...read.warnings.map((warning) => `DATABASE_URL: ${warning}`));
    else problems.push(...read.problems.map((problem) => `DATABASE_URL: ${problem}`));
    return value;
  }

  function readKeys(): EncryptionKey[] {
    if (!webex) return [];
    const example = 'echo "k1:$(openssl rand -base64 32)"';
    const value = required('ENCRYPTION_KEYS', `make one, for example with: ${example}`, () => undefined);
    if (value === '') return [];
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
    for (const { id, key } of keys) {
      const weakness = keyWeakness(key);
      if (weakness === undefined) continue;
      warnings.push(
        `ENCRYPTION_KEYS: the key ${id} ${weakness} and can be guessed; put one of openssl rand -base64 32 in front of it, and run npm run keys:rotate`,
      );
    }
    return keys;
  }

  function readAdmins(): string[] {
    if (!webex) return [];
    const value = required('ADMINS', 'give the e-mail with which you sign in to Webex', () => undefined);
    if (value === '') return [];
    const admins = value.split(',').map((item) => item.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
    for (const admin of admins) {
      if (!email.safeParse(admin).success)
        problems.push(`ADMINS: "${admin}" is not an e-mail address; separate addresses by commas`);
      else if (/@(webex\.bot|sparkbot\.io)$/.test(admin))
        problems.push(`ADMINS: "${admin}" is a bot, and bots are not obeyed; give the e-mail of a person`);
    }
    return admins;
  }

  function readSchedule(name: VariableName, fallback: string): string {
    const pattern = read(
      name,
      z.string().refine((text) => longestWaitMs(text) !== undefined),
      fallback,
      'give a cron pattern that will fire, such as `* * * * *`',
    );
    if ((longestWaitMs(pattern) ?? 0) > dayMs) {
      warnings.push(`${name}: waits for more than a day between two looks; what falls due meanwhile is late`);
    }
    return pattern;
  }
}

const wordsForPeople: ReadonlySet<VariableName> = new Set([
  'PROVIDER_NAME',
  'PROVIDER_CONTACT',
  'WEBEX_SERVICE_APP_NAME',
]);

/** What stands around a value and hardly belongs to it; undefined where nothing does. */
function wrapping(value: string): string | undefined {
  if (value !== value.trim()) return 'remove the blank or line break at its beginning or end';
  return /^(["']).*\1$/s.test(value) ? 'remove the quotation marks around it' : undefined;
}

const dayMs = 86_400_000;

/** The longest time between two of the next runs; undefined where the pattern is none, or never fires. */
function longestWaitMs(pattern: string): number | undefined {
  try {
    const runs = new Cron(pattern).nextRuns(10).map((run) => run.getTime());
    // A pattern that names a year may fire once more and then never.
    if (runs.length === 0) return undefined;
    return Math.max(...runs.slice(1).map((at, index) => at - (runs[index] ?? at)), 0);
  } catch {
    return undefined;
  }
}
