// The first thing that a space reads of the bot.

import { renders } from '../notices/notice.ts';
import { greetingNotice } from './greeting.notice.ts';
import { greetingMessage } from './greeting.view.ts';

interface Deps {
  botName: () => string;
  isDirect: (roomId: string) => Promise<boolean>;
}

export const greetingRenderer = renders(greetingNotice, {
  whenOverheard: () => 'told',
  async render({ botName, isDirect }: Deps, _notice, addressee) {
    const isGroup = 'roomId' in addressee && !(await isDirect(addressee.roomId));
    return greetingMessage({ isGroup, botName: botName() });
  },
});
