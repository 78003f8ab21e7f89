// What `help` answers: every command with its usage, and buttons for the first ones.

import { shorten } from '../lib/text.ts';
import { actionSets, submitButton } from './buttons.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';
import { lines, md, paragraphs } from './markdown.ts';
import { renderCard } from './render.ts';
import type { Reply } from './reply.ts';

export interface CommandView {
  readonly name: string;
  /** As a person types it: `show <organization>`. */
  readonly usage: string;
  readonly summary: string;
}

/** Enough for every command of the design; a card with more would grow past what Webex shows. */
const COMMANDS_IN_CARD = 40;
const SUMMARY_MAX_CHARACTERS = 160;

/** All commands in the order given, and how to type them in this kind of space. */
export function helpReply(view: {
  readonly commands: readonly CommandView[];
  readonly isGroup: boolean;
  readonly botName: string;
}): Reply {
  const title = 'What I can do';
  const how = addressing(view);
  const naming = 'An organization is named by its name, a part of it, its number in the last list, or its Webex id.';
  return reply(
    paragraphs([
      md`**${title}**`,
      lines(
        view.commands.map(({ usage, summary }) => md`- **${usage}** – ${shorten(summary, SUMMARY_MAX_CHARACTERS)}`),
      ),
      md`${naming}`,
      md`${how}`,
    ]),
    renderCard('help', {
      title,
      color: 'default',
      texts: [how, naming],
      commands: view.commands.slice(0, COMMANDS_IN_CARD).map(({ usage, summary }) => ({
        usage,
        summary: ` – ${shorten(summary, SUMMARY_MAX_CHARACTERS)}`,
      })),
      actionSets: actionSets([
        submitButton('Add organization', { action: 'add' }),
        submitButton('List organizations', { action: 'list' }),
      ]),
    }),
  );
}

/** How commands reach the bot in this kind of space: in a group space it sees only messages that mention it. */
export function addressing({ isGroup, botName }: { readonly isGroup: boolean; readonly botName: string }): string {
  return isGroup
    ? `In this space, begin with @${shownName(botName)}, for example: @${shownName(botName)} list`
    : 'Type a command, for example: list';
}
