// `help`: what the bot can do, or how one command is typed. And what it answers to a greeting.

import type { Answer } from './answer.ts';
import { type Command, type CommandInput, type CommandUsage, listedCommands } from './command.ts';
import { commandHelpMessage, helloMessage, helpMessage } from './help.view.ts';
import { notACommandMessage } from './refusals.ts';

declare module './actions.ts' {
  interface Actions {
    help: { command?: string };
    hello: object;
  }
}

interface Deps {
  answers: { readonly commands: readonly CommandUsage[] };
  botName: () => string;
}

export const help: Command<Deps> = {
  name: 'help',
  needs: 'none',
  usage: 'help [command]',
  summary: 'Show what I can do, or how a command is typed.',
  group: 'People and settings',
  examples: ['help connect'],
  async run({ answers, botName }, input) {
    const commands = listedCommands(answers.commands);
    const view = addressed(input, botName());
    const named = nameIn(input);
    if (named === '') return { content: helpMessage({ ...view, commands }) };
    const command = commands.find(({ name }) => name === named || isName(name, input.argument));
    if (command) return { content: commandHelpMessage({ ...view, command }) };
    return { content: notACommandMessage(named, commands) };
  },
};

/** Whether a name of several words was typed. */
const isName = (name: string, typed: string): boolean => name === typed.toLowerCase().replace(/\s+/gu, ' ');

/** The first word behind `help`, or what a button sends. */
function nameIn({ argument, inputs }: CommandInput): string {
  const sent = inputs['command'];
  const [word = ''] = (typeof sent === 'string' ? sent : argument).split(/\s+/u);
  return word.toLowerCase();
}

/** Answers people who begin as with people. */
export const hello: Command<Deps> = {
  name: 'hello',
  needs: 'none',
  words: [
    'hi',
    'hey',
    'hallo',
    'hola',
    'moin',
    'servus',
    'ciao',
    'bonjour',
    'thanks',
    'thank',
    'danke',
    'merci',
    'gracias',
  ],
  usage: 'hello',
  summary: 'Greet me.',
  group: 'People and settings',
  isUnlisted: true,
  async run({ botName }, input): Promise<Answer> {
    return { content: helloMessage(addressed(input, botName())) };
  },
};

const addressed = ({ isDirect }: CommandInput, botName: string) => ({ isGroup: !isDirect, botName });
