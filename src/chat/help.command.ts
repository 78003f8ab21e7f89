// `help`: what the bot can do.

import type { Command } from './command.ts';
import { helpReply } from './help.view.ts';

/** Made from the table of commands, itself included. */
export function createHelp(commands: () => readonly Command[]): Command {
  return {
    name: 'help',
    usage: 'help',
    summary: 'Show what I can do.',
    async run({ botName }, { isDirect }) {
      return { content: helpReply({ commands: commands(), isGroup: !isDirect, botName: botName() }) };
    },
  };
}
