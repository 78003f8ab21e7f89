// Short answers to what could not be done: nothing by that name, no such command, saved already, not allowed, failed.

import { shorten } from '../lib/text.ts';
import { actionSets, type Button, submitButton } from './buttons.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';
import { type Markdown, md, paragraphs } from './markdown.ts';
import { renderCard } from './render.ts';
import type { Reply } from './reply.ts';

const TYPED_MAX_CHARACTERS = 60;
const TEXT_MAX_CHARACTERS = 500;

/** No organization is called what was typed; where nothing was typed, there is none at all. */
export function notFoundReply({ typed }: { readonly typed: string }): Reply {
  const shown = shorten(typed, TYPED_MAX_CHARACTERS);
  const title = shown === '' ? 'There are no organizations yet' : `No organization matches “${shown}”`;
  const hint = shown === '' ? 'Add the first one.' : 'Look it up in the list, or add it.';
  return withButtons({
    title,
    texts: [hint],
    markdown: md`${title}. ${hint} Type **list** or **add**.`,
    buttons: [
      submitButton('List organizations', { action: 'list' }),
      submitButton('Add organization', { action: 'add' }),
    ],
  });
}

/** The number that was typed belongs to a record that exists already. */
export function duplicateReply({
  existing,
}: {
  readonly existing: { readonly id: string; readonly name: string };
}): Reply {
  const name = shownName(existing.name);
  const title = `This organization exists already: ${name}`;
  const hint = 'Nothing was saved. Show the existing record, or correct the Organization Account Number in the form.';
  return withButtons({
    title,
    texts: [hint],
    markdown: paragraphs([md`**${title}**`, md`${hint} Type **show** with its name.`]),
    buttons: [submitButton('Show', { action: 'show', organization_id: existing.id })],
  });
}

/** The first word is no command; `nearest` are the commands that it resembles, best first. */
export function unknownCommandReply({
  typed,
  nearest,
}: {
  readonly typed: string;
  readonly nearest: readonly string[];
}): Reply {
  const title = `I do not know “${shorten(typed, TYPED_MAX_CHARACTERS)}”`;
  const guess = nearest.length === 0 ? 'Help shows what I know.' : `Did you mean ${nearest.join(' or ')}?`;
  return withButtons({
    title,
    texts: [guess],
    markdown: md`${title}. ${guess} Type **help** for all commands.`,
    buttons: [submitButton('Help', { action: 'help' })],
  });
}

/** One polite sentence to somebody who is no administrator here. */
export function notAllowedReply(): Reply {
  return reply(md`Sorry, only Hubkeeper’s administrators can do this; ask one of them to do it or to add you.`);
}

/** Something failed: what, what to do now, and what Cisco's support asks for. */
export function failureReply({
  what,
  hint,
  trackingId,
}: {
  readonly what: string;
  readonly hint: string;
  readonly trackingId?: string | undefined;
}): Reply {
  const sentences = [what, hint].map((sentence) => shorten(sentence, TEXT_MAX_CHARACTERS));
  return reply(
    paragraphs([
      md`❌ ${sentences[0] ?? ''}`,
      md`${sentences[1] ?? ''}`,
      trackingId === undefined ? null : md`Webex tracking id: ${shorten(trackingId, TEXT_MAX_CHARACTERS)}`,
    ]),
  );
}

function withButtons(view: {
  readonly title: string;
  readonly texts: readonly string[];
  readonly markdown: Markdown;
  readonly buttons: readonly Button[];
}): Reply {
  const { title, texts, markdown, buttons } = view;
  return reply(markdown, renderCard('message', { title, color: 'default', texts, actionSets: actionSets(buttons) }));
}
