// The provider's own organization as a partner: the form for its record, and those that there are.

import { button, emphasized, inputsButton } from '../../chat/buttons.ts';
import type { ClickInputs } from '../../chat/click-inputs.ts';
import { shownName } from '../../chat/facts.ts';
import type { Field } from '../../chat/fields.ts';
import { formMessage } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { capitalized, countedUpTo } from '../../lib/text.ts';
import type { FieldProblem } from '../../organizations/check-organization.ts';
import { FIELD_MAX_LENGTH, type FieldName } from '../../organizations/organization-fields.ts';
import { type ConnectionView, connectVerb, isAlive } from '../connection-words.ts';
import { shortLead } from '../named-connections.view.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Opens the form for the record of a partner. */
    'add-partner': object;
    /** Sends it. */
    'save-partner': object;
  }
}

const WHAT_IT_IS =
  'One consent of a Partner Full Administrator serves all organizations that the partner manages. Each of them is still asked for by its own number.';

/** The form, empty or with what was typed and what is wrong with it. */
export function partnerForm({
  values = {},
  problems = [],
}: {
  readonly values?: ClickInputs | Record<string, never>;
  readonly problems?: readonly FieldProblem[];
}): CardMessage {
  const text = (id: FieldName, label: string, help: string): Field => ({
    kind: 'text',
    ...{ id, label, help },
    maxLength: FIELD_MAX_LENGTH,
    isRequired: true,
    errorMessage: `${label} is missing.`,
    value: typeof values[id] === 'string' ? values[id].slice(0, FIELD_MAX_LENGTH) : '',
    problem: problems.find(({ field }) => field === id)?.message ?? null,
  });
  return formMessage({
    title: 'Your own organization as a partner',
    summary: problems.length === 0 ? null : 'Not saved yet: correct what is marked.',
    fields: [
      { kind: 'text', text: WHAT_IT_IS },
      {
        kind: 'fields',
        fields: [
          text('name', 'Name', 'Of your own organization, which manages your customers in Partner Hub.'),
          text('account_number_external', 'Organization Account Number', 'In your own Control Hub under Account.'),
        ],
      },
    ],
    save: inputsButton('Save', 'save-partner'),
  });
}

/** The form stays: what was typed in it can be sent again. */
export const standsBelowMessage = ({ name }: { readonly name: string }): TextMessage =>
  failureMessage({
    what: `The record of ${shownName(name)} stands below the provider, whose people would see all that the partner serves.`,
    hint: `Type move ${shownName(name)} to the provider’s name, then press Save again.`,
  });

/** The partners that there are. */
export function partnersMessage(view: {
  readonly partners: readonly {
    readonly id: string;
    readonly name: string;
    readonly connection: ConnectionView | null;
    /** How many organizations hang on it. */
    readonly served: number;
  }[];
  readonly now: Date;
}): CardMessage {
  const { partners, now } = view;
  const [first, ...others] = partners;
  const only = others.length === 0 ? first : undefined;
  const isUsable = ({ connection }: { readonly connection: ConnectionView | null }) =>
    connection !== null && isAlive(connection, now);
  return message({
    title: only ? `${shownName(only.name)} serves as a partner` : 'Several organizations serve as a partner',
    texts: [WHAT_IT_IS],
    blocks: [
      {
        kind: 'rows',
        rows: partners.map((partner) => ({
          name: shownName(partner.name),
          lead: shortLead(partner.connection, now),
          state: `${capitalized(countedUpTo(partner.served, 'organization'))} held by its grant`,
          // Of several, each is asked for by itself.
          button:
            !only && isUsable(partner)
              ? discoverButton(partner)
              : button(connectVerb(partner.connection), 'connect', { organization_id: partner.id }),
        })),
      },
    ],
    buttons: [
      only && isUsable(only) ? emphasized(discoverButton(only)) : null,
      button('Another partner', 'add-partner'),
    ],
    typed: md`Type **connect** with its name for a fresh link, or **discover** for the organizations that it manages.`,
  });
}

const discoverButton = ({ id }: { readonly id: string }) => button('Discover', 'discover', { partner_id: id });
