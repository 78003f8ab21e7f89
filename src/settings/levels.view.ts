// The levels of the settings in words: which one a card is about, which ones a person may change there, and from which one a value comes.

import { shownName } from '../chat/facts.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import type { NamedLevel } from './settings.store.ts';
import { deciderOf, type LevelId, type SettingName } from './settings.ts';

/** Whose settings they are. */
export const levelWords = ({ level, name }: Pick<NamedLevel, 'level' | 'name'>): string =>
  level === 'space' ? 'this space' : shownName(name);

/** The levels of a chain that somebody may change whose scope this is, the nearest first: those of the nodes in scope, and of the space where its node is. */
export function changeableLevels(chain: readonly NamedLevel[], scope: Scope): NamedLevel[] {
  const pathOf = (index: number) => chain.slice(0, index + 1).findLast(({ path }) => path !== '')?.path;
  return chain
    .filter((_, index) => {
      const path = pathOf(index);
      return path !== undefined && isInScope(scope, path);
    })
    .toReversed();
}

/** Where a value comes from that counts at the chain's last level. */
export function sourceWords(chain: readonly NamedLevel[], name: SettingName): string {
  const decider = deciderOf(chain, name);
  if (!decider) return 'built in';
  if (decider.level === 'space') return 'this space';
  return decider === chain.at(-1) ? 'set here' : `from ${shownName(decider.name)}`;
}

/** What a button sends of a level. */
export const levelInputs = ({ level, subject }: LevelId) =>
  level === 'customer' ? { level, customer_id: subject } : { level };
