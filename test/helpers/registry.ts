// What the features declare, as parts of the service are given it.
import { features } from '../../src/features.ts';
import { createWorkflows } from '../../src/transactions/workflow.ts';

export const commands = features.flatMap((feature) => feature.commands ?? []);
export const actions = features.flatMap((feature) => feature.actions ?? []);
export const settingsEffects = features.flatMap((feature) => feature.settings ?? []);
export const retention = features.flatMap((feature) => feature.retention ?? []);
export const figures = features.flatMap((feature) => feature.figures ?? []);
export const notices = features.flatMap((feature) => feature.notices ?? []);

/** The renderer of a kind of notice. */
export function rendererNamed(kind: string) {
  const renderer = notices.find((known) => known.kind === kind);
  if (!renderer) throw new Error(`nobody renders ${kind}`);
  return renderer;
}

export const workflows = createWorkflows(
  features.flatMap((feature) => feature.workflows ?? []),
  features.flatMap((feature) => feature.followUps ?? []),
);
