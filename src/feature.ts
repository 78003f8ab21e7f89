// What a subject gives to the house: each exports one value of this shape from its `feature.ts`, and `features.ts` lists them.

import type { Action, Command } from './chat/command.ts';
import type { EventHandler } from './chat/handle-event.ts';
import type { Job } from './db/jobs/job.ts';
import type { FindOrphans } from './db/jobs/orphans.ts';
import type { Retention } from './db/retention.ts';
import type { Route } from './http/route.ts';
import type { Metric } from './lib/metrics.ts';
import type { Schedule } from './lib/schedules.ts';
import type { NoticeRenderer } from './notices/notice.ts';
import type { StoreFigures } from './operations/metrics.ts';
import type { RecordHooks } from './organizations/record-hooks.ts';
import type { Parts } from './parts.ts';
import type { SettingsEffect } from './settings/settings-effect.ts';
import type { Step, Workflow } from './transactions/workflow.ts';

export interface Feature {
  /** What people type. */
  readonly commands?: readonly Command<Parts>[];
  /** What buttons do that stand for no command. */
  readonly actions?: readonly Action<Parts>[];
  /** What is done with events of Webex. */
  readonly events?: (parts: Parts) => readonly EventHandler<Parts>[];
  /** How queued notices become messages. */
  readonly notices?: readonly NoticeRenderer<Parts>[];
  /** What is queued, and tried until it is done. */
  readonly jobs?: readonly Job<Parts>[];
  readonly schedules?: readonly Schedule<Parts>[];
  readonly routes?: readonly Route<Parts>[];
  /** Workflows of several steps, and steps that follow those of other subjects' workflows, by their action. */
  readonly workflows?: readonly Workflow<Parts>[];
  readonly followUps?: readonly { readonly after: string; readonly steps: readonly Step<Parts>[] }[];
  /** What follows from changed settings. */
  readonly settings?: readonly SettingsEffect[];
  /** What an edited record means here. */
  readonly records?: RecordHooks<Parts>;
  /** What is counted here, and what the store is asked for. */
  readonly metrics?: readonly Metric[];
  readonly figures?: readonly StoreFigures[];
  /** What is deleted once it is old, and what is looked for that has lost its job. */
  readonly retention?: readonly Retention[];
  readonly orphans?: FindOrphans;
  /** Runs once Webex has said who the bot is, before the service counts as started. */
  readonly start?: (parts: Parts) => Promise<void>;
  /** Runs when nothing that uses it is on its way any more. */
  readonly stop?: (parts: Parts) => Promise<void>;
}
