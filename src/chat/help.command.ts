// `help`: what the bot can do.

import type { Command, CommandUsage } from './command.ts';
import { helpMessage } from './help.view.ts';

declare module './actions.ts' {
  interface Actions {
    help: object;
  }
}

interface Deps {
  answers: { readonly commands: readonly CommandUsage[] };
  botName: () => string;
}

export const help: Command<Deps> = {
  name: 'help',
  usage: 'help',
  summary: 'Show what I can do.',
  async run({ answers: { commands }, botName }, { isDirect }) {
    return { content: helpMessage({ commands, isGroup: !isDirect, botName: botName() }) };
  },
};
