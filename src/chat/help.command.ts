// `help`: what the bot can do, or how one command is typed. And what it answers to a greeting.

import type { Answer } from './answer.ts';
import { COMMAND_GROUPS, type Command, type CommandInput, type CommandUsage, listedCommands } from './command.ts';
import { commandHelpMessage, groupHelpMessage, helloMessage, helpMessage } from './help.view.ts';
import { notACommandMessage } from './refusals.ts';

declare module './actions.ts' {
  interface Actions {
    help: { command?: string; group?: string };
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
  usage: 'help [group | command]',
  summary: 'Show what I can do, or how the commands of a group, or one command, are typed.',
  group: 'People and settings',
  examples: ['help directory', 'help connect'],
  async run({ answers, botName }, input) {
    const commands = listedCommands(answers.commands);
    const view = addressed(input, botName());
    const pressed = groupNamed(input.inputs['group']);
    if (pressed) return { content: groupHelpMessage({ ...view, commands, group: pressed }) };
    const named = nameIn(input);
    if (named === '') return { content: helpMessage({ ...view, commands }) };
    const command = commands.find(({ name }) => name === named || isName(name, input.argument));
    if (command) return { content: commandHelpMessage({ ...view, command }) };
    const group = groupNamed(input.argument);
    if (group) return { content: groupHelpMessage({ ...view, commands, group }) };
    return { content: notACommandMessage(named, commands) };
  },
};

/** Some groups are called as a command is: typed, that is meant. */
const groupNamed = (typed: unknown) =>
  COMMAND_GROUPS.find((group) => typeof typed === 'string' && group.toLowerCase() === typed.trim().toLowerCase());

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
