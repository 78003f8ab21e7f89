// Asks before a record is saved that needs what the present grant does not permit: what is lacking, who must reconnect, and what works meanwhile.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { DISCARD_FORM } from '../chat/form.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message, section } from '../chat/message.ts';
import { failureMessage } from '../chat/refusals.ts';
import { capitalized, counted, shorten } from '../lib/text.ts';
import { changeFacts } from './edited.view.ts';
import type { RecordChange } from './organization-changes.ts';
import type { LackingScopes } from './record-hooks.ts';

/** What the buttons send as `action`; the draft holds what was typed. */
export const SAVE_DRAFT = 'save-record-draft';
export const EDIT_DRAFT = 'edit-record-draft';

declare module '../chat/actions.ts' {
  interface Actions {
    [SAVE_DRAFT]: { draft_id: string };
    [EDIT_DRAFT]: { draft_id: string };
  }
}

const EMAIL_MAX_CHARACTERS = 120;
const ALLOWS_MAX_CHARACTERS = 160;

export function confirmEditMessage(view: {
  readonly organization: { readonly name: string; readonly account_email: string | null };
  readonly changes: readonly RecordChange[];
  readonly lacking: LackingScopes;
  readonly draftId: string;
}): CardMessage {
  const { organization, changes, lacking, draftId } = view;
  const { scopes, authorizedBy } = lacking;
  const about = { draft_id: draftId };
  const contact = organization.account_email;
  const named = contact === null ? 'the record names nobody to ask' : `the record names ${shortEmail(contact)} to ask`;
  return message({
    mark: '⚠️',
    title: `${shownName(organization.name)} would need ${counted(scopes.length, 'permission')} that Webex has not granted`,
    texts: ['Nothing is saved yet. What you typed is kept for a day.'],
    facts: [
      ...scopes.map(({ scope, allows }) => ({
        title: 'Lacking scope',
        value: `${scope}: to ${shorten(allows, ALLOWS_MAX_CHARACTERS)}`,
      })),
      {
        title: 'Who must reconnect',
        value: `${capitalized(lacking.reconnector)}. ${authorizedBy === null ? 'No person’s consent holds the present connection' : `${shortEmail(authorizedBy)} authorized the present connection`}; ${named}.`,
      },
      {
        title: 'Until then',
        value:
          'The connection stays, its tokens are refreshed, and what works now goes on. Only what is lacking does not work.',
      },
    ],
    blocks: [section('To be saved', changeFacts(changes))],
    buttons: [
      emphasized(button('Save anyway', SAVE_DRAFT, about)),
      button('Back to the form', EDIT_DRAFT, about),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the buttons on the card.`,
  });
}

const shortEmail = (email: string): string => shorten(email, EMAIL_MAX_CHARACTERS);

/** The draft is deleted, or its organization is. */
export const draftGoneMessage = failureMessage({
  what: 'What was typed is not kept any more. Nothing was saved.',
  hint: 'Type edit with the name of the organization for a new form.',
});
