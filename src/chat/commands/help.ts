// `help`: what the bot can do.

import { helpReply } from '../views/help.ts';
import type { Command } from './command.ts';

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
