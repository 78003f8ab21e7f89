// What all features declare, put together for the parts of a service.

import { jobFigures } from './db/jobs/due-jobs.ts';
import type { Feature } from './feature.ts';
import type { Parts } from './parts.ts';
import { createWorkflows } from './transactions/workflow.ts';

/** All that the features declare and that needs no part of the service. */
export const registryOf = (features: readonly Feature[]) => ({
  answers: {
    commands: features.flatMap(({ commands = [] }) => commands),
    actions: features.flatMap(({ actions = [] }) => actions),
  },
  renderers: new Map(features.flatMap(({ notices = [] }) => notices).map((renderer) => [renderer.kind, renderer])),
  workflows: createWorkflows<Parts>(
    features.flatMap(({ workflows = [] }) => workflows),
    features.flatMap(({ followUps = [] }) => followUps),
  ),
  recordHooks: features.flatMap(({ records = [] }) => records),
  grantProofs: features.flatMap(({ proofs = [] }) => proofs),
  directoryHooks: features.flatMap(({ synced = [] }) => synced),
  treeHooks: features.flatMap(({ tree = [] }) => tree),
  settingsEffects: features.flatMap(({ settings = [] }) => settings),
  retention: features.flatMap(({ retention = [] }) => retention),
  findOrphans: features.flatMap(({ orphans = [] }) => orphans),
  metrics: features.flatMap(({ metrics = [] }) => metrics),
  figures: [
    ...features.flatMap(({ figures = [] }) => figures),
    jobFigures(features.flatMap(({ jobs = [] }) => jobs.map(({ name }) => name))),
  ],
});

export type Registry = ReturnType<typeof registryOf>;
