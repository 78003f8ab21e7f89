// What a subject adds to the product. Each subject exports one Feature from its `feature.ts`, and `features.ts` lists them.

import type { Action, Command } from './chat/command.ts';
import type { EventHandler } from './chat/handle-event.ts';
import type { GrantProof } from './connections/connect/grant-proof.ts';
import type { TreeHooks } from './customers/tree-hooks.ts';
import type { Job } from './db/jobs/job.ts';
import type { FindOrphans } from './db/jobs/orphans.ts';
import type { Retention } from './db/retention.ts';
import type { DirectoryHook } from './directory/directory-hooks.ts';
import type { Route } from './http/route.ts';
import type { Metric } from './lib/metrics.ts';
import type { Schedule } from './lib/schedules.ts';
import type { NoticeRenderer } from './notices/notice.ts';
import type { StoreFigures } from './operations/metrics.ts';
import type { RecordHooks } from './organizations/record-hooks.ts';
import type { Parts } from './parts.ts';
import type { SettingsEffect } from './settings/settings-effect.ts';
import type { Step, Workflow } from './transactions/workflow.ts';
import type { WebexCall } from './webex/call.ts';

export interface Feature {
  /** The commands that people type. */
  readonly commands?: readonly Command<Parts>[];
  /** The actions of buttons that stand for no command. */
  readonly actions?: readonly Action<Parts>[];
  /** The handlers of Webex's events. */
  readonly events?: (parts: Parts) => readonly EventHandler<Parts>[];
  /** The renderers that make messages of queued notices. */
  readonly notices?: readonly NoticeRenderer<Parts>[];
  /** What is queued, and tried until it is done. */
  readonly jobs?: readonly Job<Parts>[];
  readonly schedules?: readonly Schedule<Parts>[];
  readonly routes?: readonly Route<Parts>[];
  /** Workflows, and `followUps`: steps that run after those of other subjects' workflows, by the workflow's action. */
  readonly workflows?: readonly Workflow<Parts>[];
  readonly followUps?: readonly { readonly after: string; readonly steps: readonly Step<Parts>[] }[];
  /** What a changed setting recomputes here. */
  readonly settings?: readonly SettingsEffect[];
  /** What an edited record changes here. */
  readonly records?: RecordHooks<Parts>;
  /** What a grant of a synced record must be able to read. */
  readonly proofs?: readonly GrantProof[];
  /** What follows here from directory data that was synced. */
  readonly synced?: DirectoryHook;
  /** What a changed tree of customers changes here. */
  readonly tree?: TreeHooks;
  /** What is counted here, and gauges that are read from the database. */
  readonly metrics?: readonly Metric[];
  readonly figures?: readonly StoreFigures[];
  /** Is told of every call of Webex, once it has ended. */
  readonly webexCalls?: (parts: Parts, call: WebexCall) => void;
  /** Which old rows are deleted, and how work is found that has lost its job. */
  readonly retention?: readonly Retention[];
  readonly orphans?: FindOrphans;
  /** Runs once Webex has said who the bot is, before the service counts as started. */
  readonly start?: (parts: Parts) => Promise<void>;
  /** Runs at the stop, once no event, job or run is under way. */
  readonly stop?: (parts: Parts) => Promise<void>;
}
