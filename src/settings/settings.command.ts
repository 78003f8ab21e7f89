// `settings`: the values that count in this space, and which level has decided each.

import { scopeFor } from '../chat/actor.ts';
import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import { keysInUse } from '../db/seal/keys.ts';
import { changeableLevels } from './levels.view.ts';
import { chainOf } from './settings.store.ts';
import { levelOfSpace } from './settings.ts';
import { settingsMessage } from './settings.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    settings: object;
  }
}

export const settings: Command<{ db: Db }> = {
  name: 'settings',
  needs: 'viewer',
  usage: 'settings',
  summary: 'Show and change when I warn, refresh and keep quiet.',
  isForEverybody: true,
  group: 'People and settings',
  examples: ['settings'],
  async run({ db }, { place, standing }) {
    const chain = await chainOf(db, levelOfSpace(place.roomId));
    const changeable = changeableLevels(chain, scopeFor(standing, 'administrator'));
    return { content: settingsMessage({ chain, changeable, keysInUse: await keysInUse(db) }) };
  },
};
