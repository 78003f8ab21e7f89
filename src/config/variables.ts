// The environment variables, each with its default and meaning, as README.md and `.env.example` show them.

/** One environment variable as the README and `.env.example` show it; a test holds both to this table. */
export interface Variable {
  name: string;
  /** Shown where the variable is absent; `–` where there is no default. */
  default: string;
  meaning: string;
}

export const variables = [
  { name: 'PORT', default: '3000', meaning: 'HTTP port (0: any free one)' },
  { name: 'HOST', default: '–', meaning: 'address to listen on; absent: all interfaces, in the demo loopback' },
  {
    name: 'PUBLIC_URL',
    default: 'http://localhost:PORT',
    meaning:
      'where Webex and browsers reach us, a path included: webhook target, and OAuth redirect with `/oauth/callback` behind it',
  },
  {
    name: 'WEBEX_BOT_TOKEN',
    default: '–',
    meaning: 'absent: the built-in simulator starts and the bot uses it (refused when `NODE_ENV=production`)',
  },
  { name: 'WEBEX_CLIENT_ID', default: '–', meaning: 'the integration; required with a bot token' },
  { name: 'WEBEX_CLIENT_SECRET', default: '–', meaning: 'the integration; required with a bot token' },
  {
    name: 'WEBEX_SERVICE_APP_CLIENT_ID',
    default: '–',
    meaning: 'the service app that organizations can be held by; absent: none',
  },
  {
    name: 'WEBEX_SERVICE_APP_CLIENT_SECRET',
    default: '–',
    meaning: 'the service app; required with its client ID',
  },
  {
    name: 'WEBEX_SERVICE_APP_NAME',
    default: '–',
    meaning: "the service app's name, as Control Hub shows it; absent: the bot's name",
  },
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
  {
    name: 'WEBHOOK_SECRET',
    default: '–',
    meaning: 'signs webhooks, at least 16 characters; required with a bot token',
  },
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
  {
    name: 'METRICS_TOKEN',
    default: '–',
    meaning: 'bearer token for `/metrics` and the details of `/readyz`, at least 16 characters',
  },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'trace, debug, info, warn, error, fatal or silent' },
] as const satisfies readonly Variable[];

export type VariableName = (typeof variables)[number]['name'];
