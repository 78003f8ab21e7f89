// What `help` answers: every command with its usage, and buttons for the first ones.

import { shorten } from '../lib/text.ts';
import { button } from './buttons.ts';
import { shownName } from './facts.ts';
import { type CardMessage, message } from './message.ts';

export interface CommandView {
  readonly name: string;
  /** As a person types it: `show <organization>`. */
  readonly usage: string;
  readonly summary: string;
}

/** Enough for every command of the design; a card with more would grow past what Webex shows. */
const COMMANDS_MAX = 40;
const SUMMARY_MAX_CHARACTERS = 160;

/** All commands in the order given, and how to type them in this kind of space. */
export function helpMessage(view: {
  readonly commands: readonly CommandView[];
  readonly isGroup: boolean;
  readonly botName: string;
}): CardMessage {
  const terms = view.commands.slice(0, COMMANDS_MAX).map(({ usage, summary }) => ({
    term: usage,
    words: shorten(summary, SUMMARY_MAX_CHARACTERS),
  }));
  return message({
    title: 'What I can do',
    texts: [
      addressing(view),
      'An organization is named by its name, a part of it, its number in the last list, or its Webex id.',
    ],
    blocks: [{ kind: 'terms', terms }],
    buttons: [button('Add organization', 'add'), button('List organizations', 'list')],
  });
}

/** How commands reach the bot in this kind of space: in a group space it sees only messages that mention it. */
export function addressing({ isGroup, botName }: { readonly isGroup: boolean; readonly botName: string }): string {
  return isGroup
    ? `In this space, begin with @${shownName(botName)}, for example: @${shownName(botName)} list`
    : 'Type a command, for example: list';
}
