// What `help` answers: the names of all commands by group, the usages of one group, or one command with examples. And the answer to a greeting.

import { shorten } from '../lib/text.ts';
import { button, emphasized } from './buttons.ts';
import { COMMAND_GROUPS, type CommandGroup, type CommandUsage } from './command.ts';
import { shownName } from './facts.ts';
import { md } from './markdown.ts';
import { type CardMessage, message } from './message.ts';

const SUMMARY_MAX_CHARACTERS = 200;

/** How commands are typed in this kind of space. */
interface Addressing {
  readonly isGroup: boolean;
  readonly botName: string;
}

/** The names of all commands by group, in the order given, and how to type them in this kind of space. */
export function helpMessage({
  commands,
  ...view
}: Addressing & { readonly commands: readonly CommandUsage[] }): CardMessage {
  const namesOf = (group: CommandGroup) => ofGroup(commands, group).map(({ name }) => name);
  const groups = COMMAND_GROUPS.filter((group) => namesOf(group).length > 0);
  return message({
    title: 'What I can do',
    texts: [addressing(view), NAMING],
    blocks: [
      { kind: 'terms', title: 'Commands', terms: groups.map((term) => ({ term, words: namesOf(term).join(', ') })) },
    ],
    buttons: [
      ...groups.map((group) => button(group, 'help', { group })),
      emphasized(button('Add organization', 'add')),
      button('List organizations', 'list'),
    ],
    typed: md`Type **help** with a group or a command, for example **help directory** or **help connect**.`,
  });
}

const NAMING =
  'An organization is named by its name, a part of it, its number in the list that you saw last in the space, or its Webex id.';

const ofGroup = (commands: readonly CommandUsage[], group: CommandGroup) =>
  commands.filter((command) => command.group === group);

/** How the commands of one group are typed, and what each does. */
export function groupHelpMessage({
  commands,
  group,
  ...view
}: Addressing & { readonly commands: readonly CommandUsage[]; readonly group: CommandGroup }): CardMessage {
  const terms = ofGroup(commands, group).map(({ usage, summary }) => ({
    term: usage,
    words: shorten(summary, SUMMARY_MAX_CHARACTERS),
  }));
  return message({
    title: group,
    texts: [addressing(view), NAMING],
    blocks: [{ kind: 'terms', title: 'Commands', terms }],
    buttons: [button('All commands', 'help')],
    typed: md`Type **help** with a command for examples, for example **help connect**.`,
  });
}

/** One command: what it does, how it is typed, and examples as they are typed in this space. */
export function commandHelpMessage({ command, ...view }: Addressing & { readonly command: CommandUsage }): CardMessage {
  const { usage, summary, examples = [], phrases = {} } = command;
  const others = Object.keys(phrases);
  return message({
    title: usage,
    texts: [summary, others.length === 0 ? null : `I understand ${others.join(' and ')}, too.`],
    blocks: [
      {
        kind: 'log',
        title: examples.length === 1 ? 'Example' : 'Examples',
        lines: examples.map((example) => `${prefix(view)}${example}`),
      },
    ],
    buttons: [button('All commands', 'help')],
    typed: md`Type **help** for all commands.`,
  });
}

/** Answers `hi`, `thanks` and the like. */
export const helloMessage = (view: Addressing): CardMessage =>
  message({
    mark: '👋',
    title: 'Hello! I keep your customers’ Webex organizations connected',
    texts: [addressing(view)],
    buttons: [
      emphasized(button('List organizations', 'list')),
      button('Add organization', 'add'),
      button('Help', 'help'),
    ],
    typed: md`Type **help** for all commands.`,
  });

/** How commands reach the bot in this kind of space: in a group space it sees only messages that mention it. */
export function addressing(view: Addressing): string {
  return view.isGroup
    ? `In this space, begin with @${shownName(view.botName)}, for example: ${prefix(view)}list`
    : 'Type a command, for example: list';
}

const prefix = ({ isGroup, botName }: Addressing): string => (isGroup ? `@${shownName(botName)} ` : '');
