// Which of several organizations was meant? Asked instead of guessed.

import type { ActionName } from '../chat/actions.ts';
import type { Pick } from '../chat/blocks.ts';
import { button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** Runs `command`, with the inputs that it was given, for the chosen organization. */
    choose: { command: ActionName; [kept: string]: string | number };
  }
}

export interface Match {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  /** The UUID that Control Hub shows; it tells organizations of the same name apart. */
  readonly account_number_external: string;
}

/** How a card asks for an organization. */
export const pickOrganization: Pick = {
  id: 'organization_id',
  label: 'Organization',
  ask: 'Choose an organization',
};

/** How many organizations a card offers to choose from. */
export const MATCHES_MAX = 10;
const TYPED_MAX_CHARACTERS = 60;

/** The choice runs `command` and sends `keep` along. `typedAs` is how the command is typed, where that is not its name. `typed` is empty where nothing was named. `hasMore`: there are more matches. */
export function chooseMessage(view: {
  readonly command: ActionName;
  readonly typedAs?: string | undefined;
  readonly keep?: Readonly<Record<string, string | number>>;
  readonly typed: string;
  readonly matches: readonly Match[];
  readonly hasMore: boolean;
}): CardMessage {
  const { command, keep } = view;
  const shown = view.matches.slice(0, MATCHES_MAX);
  const choices = shown.map((match) => ({ value: match.id, title: distinctName(match, shown) }));
  const typed = shorten(view.typed, TYPED_MAX_CHARACTERS);
  const hasMore = view.hasMore || view.matches.length > shown.length;
  return message({
    title: 'Which organization do you mean?',
    lead: typed === '' ? undefined : `Several match “${typed}”.`,
    texts: [hasMore ? 'There are more: type more of the name to find the others.' : null],
    blocks: [{ kind: 'choices', pick: pickOrganization, choices }],
    buttons: [emphasized(inputsButton('Choose', 'choose', { ...keep, command }))],
    typed: md`Type **${view.typedAs ?? command}** with the whole name, or with the Webex id.`,
  });
}

/** No name holds what was typed: the nearest ones to choose from. The choice runs `command`. */
export function closestMessage({
  command,
  keep,
  typed,
  matches,
}: {
  readonly command: ActionName;
  readonly keep?: Readonly<Record<string, string | number>>;
  readonly typed: string;
  readonly matches: readonly Match[];
}): CardMessage {
  const choices = matches.map((match) => ({ value: match.id, title: distinctName(match, matches) }));
  return message({
    title: `No organization matches “${shorten(typed, TYPED_MAX_CHARACTERS)}”`,
    lead: matches.length === 1 ? 'Did you mean this one?' : 'Did you mean one of these?',
    blocks: [{ kind: 'choices', pick: pickOrganization, choices }],
    buttons: [
      emphasized(inputsButton('Choose', 'choose', { ...keep, command })),
      button('List organizations', 'list'),
      button('Add organization', 'add'),
    ],
    typed: md`Type **${command}** with one of these names, **list** or **add**.`,
  });
}

/** The name, with the Webex organization's UUID where another match is shown under the same name. */
function distinctName({ id, name, account_number_external }: Match, all: readonly Match[]): string {
  const shown = shownName(name);
  const isShared = all.some((other) => other.id !== id && shownName(other.name) === shown);
  return isShared ? `${shown} (${account_number_external})` : shown;
}
