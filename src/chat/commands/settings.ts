// `settings`: what counts in this space, and which level has decided it.

import { settingsByLevel } from '../../db/settings.ts';
import type { Command } from '../command.ts';
import { settingsReply } from '../views/settings.ts';

export const settings: Command = {
  name: 'settings',
  usage: 'settings',
  summary: 'Show and change when I warn, refresh and keep quiet.',
  async run({ db }, { place }) {
    return { content: settingsReply({ levels: await settingsByLevel(db, place.roomId) }) };
  },
};
