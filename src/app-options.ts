// What one service is started with: by the process's edge, and by tests.

import type { EncryptionKey, WebexAccess } from './config.ts';
import type { Database } from './db/database.ts';
import type { Clock } from './lib/clock.ts';
import type { createSchedules } from './lib/schedules.ts';
import type { Log } from './log.ts';

export interface AppOptions {
  /** 0: any free one. */
  port: number;
  /** Where Webex and browsers reach us, without a trailing slash; undefined: `http://localhost:` and the bound port. */
  publicUrl: string | undefined;
  webex: WebexAccess;
  /** In place of the contact center's own base URL; see `webex/contact-center`. */
  contactCenterUrl?: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  /** One that is open already, and stays open when the app stops; by default the app opens that of `databaseUrl` or `dataDir`, and closes it. */
  database?: Database | undefined;
  encryptionKeys: EncryptionKey[];
  /** E-mails of the provider's administrators, lower case. */
  admins: readonly string[];
  /** A Croner pattern: when to look for due refreshes. */
  refreshSchedule: string;
  /** A Croner pattern: when to look for deadlines. */
  expirySchedule: string;
  /** For one try of a call of Webex, and for all its tries and waits; the client's own by default. */
  webexTimeouts?: { timeoutMs: number; budgetMs: number };
  /** How many grants are refreshed at the same time; what the bench shows best by default. */
  refreshConcurrency?: number;
  /** When to look after our webhooks, as a Croner pattern; by default once a minute, at a second of this process's own. */
  webhookPattern?: string;
  /** What runs the schedules, each when it is time; the clock, by their patterns, by default. */
  createSchedules?: typeof createSchedules;
  /** Gives a start up that is still under way; `startApp` rejects with its reason. */
  signal?: AbortSignal;
  clock: Clock;
  log: Log;
}
