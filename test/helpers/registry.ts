// What the features declare, as parts of the service are given it.
import { features } from '../../src/features.ts';
import { registryOf } from '../../src/registry.ts';

export const {
  answers: { actions, commands },
  settingsEffects,
  retention,
  figures,
  renderers,
  workflows,
} = registryOf(features);

/** Every feature's renderers of notices. */
export const notices = features.flatMap((feature) => feature.notices ?? []);

/** The renderer of a kind of notice. */
export function rendererNamed(kind: string) {
  const renderer = renderers.get(kind);
  if (!renderer) throw new Error(`nobody renders ${kind}`);
  return renderer;
}
