// `help`: what the bot can do.

import type { Command, CommandUsage } from './command.ts';
import { helpReply } from './help.view.ts';

interface Deps {
  answers: { readonly commands: readonly CommandUsage[] };
  botName: () => string;
}

export const help: Command<Deps> = {
  name: 'help',
  usage: 'help',
  summary: 'Show what I can do.',
  async run({ answers: { commands }, botName }, { isDirect }) {
    return { content: helpReply({ commands, isGroup: !isDirect, botName: botName() }) };
  },
};
