// The parts of one running service. Every command, action, notice, job, schedule and route of a subject is given all of them.

import type { Standing } from './chat/actor.ts';
import type { Answers } from './chat/command.ts';
import type { DirectRooms } from './chat/direct-rooms.ts';
import type { Inbox } from './chat/inbox.ts';
import type { People } from './chat/people.ts';
import type { TimeZoneAt, TimeZoneOf } from './chat/place.ts';
import type { Strangers } from './chat/strangers.ts';
import type { ProviderWords, WebexAccess } from './config.ts';
import type { GrantProof } from './connections/connect/grant-proof.ts';
import type { TreeHooks } from './customers/tree-hooks.ts';
import type { Database, Db } from './db/database.ts';
import type { Jobs } from './db/jobs/jobs.ts';
import type { FindOrphans } from './db/jobs/orphans.ts';
import type { Retention } from './db/retention.ts';
import type { Sealer } from './db/seal/seal.ts';
import type { DirectoryHook } from './directory/directory-hooks.ts';
import type { EventStreams } from './http/event-streams.ts';
import type { PathSigner } from './http/signed-path.ts';
import type { Clock } from './lib/clock.ts';
import type { InFlight } from './lib/in-flight.ts';
import type { Log } from './log.ts';
import type { Renderers } from './notices/notice.ts';
import type { Metrics } from './operations/metrics.ts';
import type { RecordHooks } from './organizations/record-hooks.ts';
import type { SettingsEffect } from './settings/settings-effect.ts';
import type { Changes } from './transactions/changes.ts';
import type { Workflows } from './transactions/workflow.ts';
import type { WebexClient } from './webex/client.ts';
import type { OAuth } from './webex/oauth.ts';
import type { ProxySettings } from './webex/proxy.ts';
import type { WebexClock } from './webex/webex-clock.ts';

export interface Parts {
  db: Db;
  /** As of `Database`. */
  vacuum: Database['vacuum'];
  jobs: Jobs;
  sealer: Sealer;
  changes: Changes;
  streams: EventStreams;
  paths: PathSigner;
  clock: Clock;
  /** What time it is at Webex, which dates messages. */
  webexClock: WebexClock;
  log: Log;
  meter: Metrics;

  /** Webex as the bot. A job gets one that asks nothing more once the job's signal aborts. */
  bot: WebexClient;
  /** Webex as the person whose `accessToken` it is; `baseUrl` is that of Webex's REST API by default. */
  connectAs: (accessToken: string, proxy: ProxySettings, baseUrl?: string) => WebexClient;
  oauth: OAuth;
  webex: WebexAccess;
  /** The integration's client id: tells its grants from those of others. */
  clientId: string;
  /** In place of Webex's own addresses of the contact center. */
  contactCenterUrl: string | undefined;

  /** Where the front page sends people. */
  homeUrl?: string | undefined;
  /** Asks Webex at the start whether it knows the integration and the administrators. */
  looksForSlips?: boolean;
  /** The bearer token for what is the operator's business, where there is one. */
  metricsToken?: string | undefined;

  /** Our own address, without a trailing slash; it may have a path. */
  publicUrl: string;
  /** E-mails of the provider's administrators, lower case. */
  admins: readonly string[];
  /** What the operator says of the provider. */
  provider: ProviderWords;
  botPersonId: () => string;
  /** The Webex organization of the bot. */
  botOrgId: () => string;
  botName: () => string;
  botIsKnown: () => boolean;
  people: People;
  strangers: Strangers;
  /** Whether people of other Webex organizations read along in a space, and nobody has confirmed that they may. */
  isOverheard: (roomId: string) => Promise<boolean>;
  /** The same of a space that was read already; undefined where nobody has noted it. */
  isSpaceOverheard: (known: { roomId: string; space: Standing['space'] }) => Promise<boolean>;
  directRooms: DirectRooms;
  /** Whether it is a direct space, with a single person. An unknown space counts as a group space. */
  isDirect: (roomId: string) => Promise<boolean>;
  /** The time zone that is set where this is read: an IANA name. */
  timeZoneOf: TimeZoneOf;
  timeZoneAt: TimeZoneAt;
  inbox: Inbox;

  /** Aborts when the service stops: nothing new begins. */
  shutdownSignal: AbortSignal;
  /** Work that a stop waits for, and cuts off where it takes too long. */
  inFlight: InFlight;
  /** Work that a stop never cuts off, since it may hold the only copy of a grant. */
  uninterrupted: InFlight;

  schedules: SchedulePatterns;
  /** How many grants are refreshed at the same time. */
  refreshConcurrency: number;
  /** For one try of a call of Webex, and for all its tries and waits; the client's own by default. */
  webexTimeouts?: { timeoutMs: number; budgetMs: number } | undefined;

  /** What the features declare, put together. */
  answers: Answers<Parts>;
  renderers: Renderers<Parts>;
  workflows: Workflows<Parts>;
  recordHooks: readonly RecordHooks<Parts>[];
  grantProofs: readonly GrantProof[];
  directoryHooks: readonly DirectoryHook[];
  treeHooks: readonly TreeHooks[];
  settingsEffects: readonly SettingsEffect[];
  retention: readonly Retention[];
  findOrphans: readonly FindOrphans[];
}

/** Croner patterns that the operator may set. */
export interface SchedulePatterns {
  /** When to look for due refreshes. */
  refresh: string;
  /** When to look for deadlines. */
  expiry: string;
  /** When to check our webhooks. */
  webhooks: string;
}
