// The form for a new customer.

import { inputsButton } from '../chat/buttons.ts';
import type { ClickInputs } from '../chat/click-inputs.ts';
import { shownName } from '../chat/facts.ts';
import { formMessage } from '../chat/form.ts';
import type { CardMessage } from '../chat/message.ts';
import { ADDED_KINDS, CUSTOMER_NAME_MAX, kindWords } from './customer-rules.ts';

/** What Save sends as `action`. */
export const SAVE_CUSTOMER = 'save-customer';

declare module '../chat/actions.ts' {
  interface Actions {
    [SAVE_CUSTOMER]: { parent_id: string };
    /** Opens the form. */
    'add-customer': { parent_id: string; name?: string };
  }
}

/** The form, empty or with what was typed and what is wrong with the name. */
export function customerForm({
  parent,
  values,
  problem = null,
}: {
  readonly parent: { readonly id: string; readonly name: string };
  readonly values: ClickInputs | Record<string, never>;
  readonly problem?: string | null;
}): CardMessage {
  const { name, kind } = values;
  return formMessage({
    title: `Add a customer below ${shownName(parent.name)}`,
    summary: problem === null ? null : 'Not saved yet: correct 1 field.',
    fields: [
      {
        kind: 'fields',
        fields: [
          {
            kind: 'text',
            id: 'name',
            label: 'Name',
            help: 'As people know the reseller or customer.',
            maxLength: CUSTOMER_NAME_MAX,
            isRequired: true,
            errorMessage: 'Name is missing.',
            value: typeof name === 'string' ? name.slice(0, CUSTOMER_NAME_MAX) : '',
            problem,
          },
          {
            kind: 'choice',
            id: 'kind',
            label: 'Kind',
            help: 'A reseller has customers below it; an intermediate node groups what stands below it.',
            choices: ADDED_KINDS.map((value) => ({ value, label: kindWords[value] })),
            value: ADDED_KINDS.find((known) => known === kind) ?? 'customer',
          },
        ],
      },
    ],
    save: inputsButton('Save', SAVE_CUSTOMER, { parent_id: parent.id }),
  });
}
