// What people read where the local copy of a directory is emptied.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { DISCARD_FORM } from '../chat/form.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';

/** What the button of the card sends as `action`. */
export const CONFIRM_FORGET = 'confirm-forget';

declare module '../chat/actions.ts' {
  interface Actions {
    forget: { organization_id: string };
    [CONFIRM_FORGET]: { organization_id: string };
  }
}

const LINE_MAX_CHARACTERS = 160;
const shown = (line: string): string => shorten(line, LINE_MAX_CHARACTERS);

interface Named {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
}

/** Asks before the copy is emptied. `counts`: `12 roles`, `4 licenses`. */
export function confirmForgetMessage(view: {
  readonly organization: Named;
  readonly counts: readonly string[];
}): CardMessage {
  const { organization, counts } = view;
  return message({
    mark: '⚠️',
    title: `Forget the directory of ${shownName(organization.name)}?`,
    texts: [
      'The local copy is deleted. The record and the connection stay, and nothing changes at Webex.',
      'The next sync brings it back.',
    ],
    blocks: [{ kind: 'log', title: 'This goes', lines: counts.map(shown) }],
    buttons: [
      emphasized(button('Forget', CONFIRM_FORGET, { organization_id: organization.id })),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the button on the card.`,
  });
}

/** The copy is empty. */
export function forgottenMessage(view: {
  readonly organization: Named;
  readonly by: string;
  readonly counts: readonly string[];
}): CardMessage {
  const { organization, by, counts } = view;
  return message({
    mark: '✅',
    title: `${shownName(by)} deleted the local directory of ${shownName(organization.name)}`,
    texts: ['The record and the connection stay. The next sync brings the directory back.'],
    blocks: [
      { kind: 'log', title: 'Deleted', lines: counts.length === 0 ? ['Nothing: it was empty'] : counts.map(shown) },
    ],
    buttons: [button('Show', 'show', { organization_id: organization.id })],
  });
}

/** There is no copy. */
export const nothingToForgetMessage = ({ id, name }: Named): CardMessage =>
  message({
    title: `There is no local directory of ${shownName(name)}`,
    texts: ['Nothing has been synced yet, or it was deleted before.'],
    buttons: [button('Show', 'show', { organization_id: id })],
  });
