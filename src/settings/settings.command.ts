// `settings`: the values that count in this space, and which level has decided each.

import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import { settingsByLevel } from './settings.store.ts';
import { settingsMessage } from './settings.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    settings: object;
  }
}

export const settings: Command<{ db: Db }> = {
  name: 'settings',
  usage: 'settings',
  summary: 'Show and change when I warn, refresh and keep quiet.',
  async run({ db }, { place }) {
    return { content: settingsMessage({ levels: await settingsByLevel(db, place.roomId) }) };
  },
};
