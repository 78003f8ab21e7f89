// Short answers to what could not be done: nothing by that name, no such command, saved already, not allowed, failed.

import { closestMatches } from '../lib/closest-match.ts';
import { shorten } from '../lib/text.ts';
import { type Need, type Standing, suffices } from './actor.ts';
import type { Answer } from './answer.ts';
import { button } from './buttons.ts';
import { type CommandUsage, listedCommands } from './command.ts';
import { shownName } from './facts.ts';
import { md, paragraphs } from './markdown.ts';
import { type CardMessage, type Message, message, type TextMessage } from './message.ts';

const TYPED_MAX_CHARACTERS = 60;
const TEXT_MAX_CHARACTERS = 500;

/** No organization is called what was typed; where nothing was typed, there is none at all. */
export function notFoundMessage({ typed }: { readonly typed: string }): CardMessage {
  const shown = shorten(typed, TYPED_MAX_CHARACTERS);
  const isRow = /^\d{1,6}$/.test(typed);
  const hint = isRow
    ? 'The list that you saw last in this space has no such row.'
    : 'Look it up in the list, or add it.';
  return message({
    isBrief: true,
    title: shown === '' ? 'There are no organizations yet' : `No organization matches “${shown}”`,
    texts: [shown === '' ? 'Add the first one.' : hint],
    buttons: [button('List organizations', 'list'), button('Add organization', 'add')],
    typed: md`Type **list** or **add**.`,
  });
}

/** The number that was typed belongs to a record that exists already; undefined where that is out of the person's scope. */
export function duplicateMessage({
  existing,
}: {
  readonly existing: { readonly id: string; readonly name: string } | undefined;
}): Message {
  if (existing === undefined) {
    return failureMessage({
      what: 'This Organization Account Number cannot be used here.',
      hint: 'Nothing was saved. Check the number in Control Hub; if it is right, ask an administrator of your provider.',
    });
  }
  return message({
    title: `This organization exists already: ${shownName(existing.name)}`,
    texts: ['Nothing was saved. Show the existing record, or correct the Organization Account Number in the form.'],
    buttons: [button('Show', 'show', { organization_id: existing.id })],
    typed: md`Type **show** with its name.`,
  });
}

/** The word is none of the commands: names the closest of those that `help` lists. */
export const notACommandMessage = (typed: string, commands: readonly CommandUsage[]): CardMessage =>
  unknownCommandMessage({
    typed,
    nearest: closestMatches(
      typed,
      listedCommands(commands).map(({ name }) => name),
    ),
  });

/** The first word is no command. `nearest` are the closest matches among the commands, best first. */
export function unknownCommandMessage(view: {
  readonly typed: string;
  readonly nearest: readonly string[];
}): CardMessage {
  const { typed, nearest } = view;
  return message({
    isBrief: true,
    title: `I do not know “${shorten(typed, TYPED_MAX_CHARACTERS)}”`,
    texts: [nearest.length === 0 ? 'Press Help to see what I know.' : `Did you mean ${nearest.join(' or ')}?`],
    buttons: [button('Help', 'help')],
    typed: md`Type **help** for all commands.`,
  });
}

/** One polite sentence to somebody who is no administrator here. */
export const notAllowedMessage: TextMessage = {
  text: md`Sorry, only Hubkeeper’s administrators can do this; ask one of them to do it or to add you.`,
};

/** The person has rights, but not those that the command needs in this space. Names no customer: the person may not see the one of the space. */
export function tooFewRightsMessage(standing: Standing, needs: Need): TextMessage {
  if (!suffices(standing, 'none')) return notAllowedMessage;
  if (!suffices(standing, 'viewer')) {
    return failureMessage({
      what: 'This space belongs to a part of the provider for which you have no rights.',
      hint: 'Write to me in a space of our own: there I show all that you may see.',
    });
  }
  if (needs === 'provider' && suffices(standing, 'administrator')) {
    return failureMessage({
      what: 'Only an administrator of the provider can do this, in a space that stands at the provider.',
      hint: 'Ask one of them, or type use to see where this space stands.',
    });
  }
  return failureMessage({
    what: 'You may read here, but not change anything.',
    hint: 'Ask an administrator to do it, or to make you one: admins lists them.',
  });
}

/** The same as the answer of a command that finds out by itself, which the audit keeps. */
export const tooFewRights = (standing: Standing, needs: Need): Answer => ({
  content: tooFewRightsMessage(standing, needs),
  isRefusal: true,
});

/** Something failed: what failed, a hint what to do, and the tracking id that Cisco's support asks for. */
export function failureMessage(failure: {
  readonly what: string;
  readonly hint: string;
  readonly trackingId?: string | undefined;
}): TextMessage {
  const { what, hint, trackingId } = failure;
  return {
    text: paragraphs([
      md`❌ ${shorten(what, TEXT_MAX_CHARACTERS)}`,
      md`${shorten(hint, TEXT_MAX_CHARACTERS)}`,
      trackingId === undefined ? null : md`Webex tracking id: ${shorten(trackingId, TEXT_MAX_CHARACTERS)}`,
    ]),
  };
}

/** The administrator takes no direct message: the command was not run. */
export const notReachedMessage = failureMessage({
  what: 'People of other Webex organizations are in this space, and I cannot write to you directly.',
  hint: 'Write to me in a space of our own, or type read-along to let everybody here read my answers.',
});
