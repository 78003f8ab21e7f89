// `settings`: what counts in this space, and which level has decided it.

import type { Command } from '../chat/command.ts';
import { settingsByLevel } from './settings.store.ts';
import { settingsReply } from './settings.view.ts';

export const settings: Command = {
  name: 'settings',
  usage: 'settings',
  summary: 'Show and change when I warn, refresh and keep quiet.',
  async run({ db }, { place }) {
    return { content: settingsReply({ levels: await settingsByLevel(db, place.roomId) }) };
  },
};
