// The options of one service, as main.ts and tests start it.

import type { EncryptionKey, ProviderWords, WebexAccess } from './config.ts';
import type { Database } from './db/database.ts';
import type { Clock } from './lib/clock.ts';
import type { createSchedules } from './lib/schedules.ts';
import type { Log } from './log.ts';

export interface AppOptions {
  /** 0: any free port. */
  port: number;
  /** The address to listen on; all interfaces by default. */
  host?: string | undefined;
  /** Where Webex and browsers reach us, without a trailing slash; undefined: `http://localhost:` and the bound port. */
  publicUrl: string | undefined;
  webex: WebexAccess;
  /** In place of the contact center's own base URL; see `webex/contact-center`. */
  contactCenterUrl?: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** An open database, which stays open when the app stops. By default the app opens that of `databaseUrl` or `dataDir`, and closes it. */
  database?: Database | undefined;
  /** The demo takes no store of a real service, and a real service none of a demo. */
  isDemo?: boolean;
  /** Where the front page sends people; without it, the page says what this is. */
  homeUrl?: string | undefined;
  /** Asks Webex at the start, once, whether it knows the integration and the administrators. */
  looksForSlips?: boolean;
  encryptionKeys: EncryptionKey[];
  /** The bearer token for `/metrics` and the details of `/readyz`; without one, requests from inside get them. */
  metricsToken?: string | undefined;
  /** E-mails of the provider's administrators, lower case. */
  admins: readonly string[];
  /** What the operator says of the provider; by default nothing. */
  provider?: ProviderWords;
  /** A Croner pattern: when to look for due refreshes. */
  refreshSchedule: string;
  /** A Croner pattern: when to look for deadlines. */
  expirySchedule: string;
  /** For one try of a call of Webex, and for all its tries and waits; the client's own by default. */
  webexTimeouts?: { timeoutMs: number; budgetMs: number };
  /** How many grants are refreshed at the same time; by default the number that the bench shows best. */
  refreshConcurrency?: number;
  /** A Croner pattern: when to check our webhooks. By default once a minute, at a random second. */
  webhookPattern?: string;
  /** What runs the schedules; by default Croner, by their patterns. Tests run them by hand. */
  createSchedules?: typeof createSchedules;
  /** Aborts a start that is still under way: `startApp` rejects with its reason. */
  signal?: AbortSignal;
  clock: Clock;
  log: Log;
}
