// `settings`: the values that count in this space, and which level has decided each.

import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import { keysInUse } from '../db/seal/keys.ts';
import { settingsByLevel } from './settings.store.ts';
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
  async run({ db }, { place }) {
    const [levels, keys] = [await settingsByLevel(db, place.roomId), await keysInUse(db)];
    return { content: settingsMessage({ levels, keysInUse: keys }) };
  },
};
