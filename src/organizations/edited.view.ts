// The answers to an edited record: what was changed, that nothing was, or why a value cannot be saved.

import { button, emphasized } from '../chat/buttons.ts';
import { type Fact, shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import type { FieldProblem } from './check-organization.ts';
import type { RecordChange } from './organization-changes.ts';
import { fieldNamed } from './organization-fields.ts';

interface Named {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
}

/** Short enough for the form with all its values at their longest and each differing. */
const VALUE_MAX_CHARACTERS = 60;

/** Who changed what, from which value to which; Reconnect where the grant does not permit what the record needs now. */
export function editedMessage(view: {
  readonly organization: Named;
  readonly by: string;
  readonly changes: readonly RecordChange[];
  readonly lacksScopes: boolean;
}): CardMessage {
  const { organization, by, changes, lacksScopes } = view;
  const about = { organization_id: organization.id };
  const lacking = 'The connection lacks permissions that the record needs: a full administrator must reconnect.';
  return message({
    mark: '✅',
    title: `${shownName(by)} changed the record of ${shownName(organization.name)}`,
    texts: [lacksScopes ? lacking : null],
    facts: changeFacts(changes),
    buttons: [lacksScopes ? emphasized(button('Reconnect', 'connect', about)) : null, button('Show', 'show', about)],
  });
}

/** Each changed field, from which value to which. */
export const changeFacts = (changes: readonly RecordChange[]): Fact[] =>
  changes.map(({ field, from, to }) => ({ title: fieldNamed(field).label, value: `${shown(from)} → ${shown(to)}` }));

/** The form was saved before, by the same click or by somebody else, with the same values. */
export function savedAlreadyMessage({ id, name }: Named): CardMessage {
  return message({
    mark: '✅',
    title: `Already saved: ${shownName(name)}`,
    texts: ['The record holds what the form holds. Its connect link was sent when it was saved first.'],
    buttons: [button('Show', 'show', { organization_id: id }), button('Connect', 'connect', { organization_id: id })],
    typed: md`Type **show** or **connect** with its name.`,
  });
}

/** The form was saved as the record stands. */
export function unchangedMessage({ organization: { id, name } }: { readonly organization: Named }): CardMessage {
  return message({
    mark: '✅',
    title: `The record of ${shownName(name)} is saved as the form says`,
    texts: ['Nothing had to be changed.'],
    buttons: [button('Show', 'show', { organization_id: id })],
  });
}

/** Beside a field whose value in the record conflicts with the form. */
export function differenceProblem({ field, from }: RecordChange): FieldProblem {
  const { label, kind } = fieldNamed(field);
  // A form that comes back holds no secret: saved as it is, it would keep the one that is stored.
  const again = kind === 'secret' ? '; type yours again' : '';
  return { field, message: `${label} in the record now: ${shown(from)}${again}` };
}

/** Why the number must stay, and what to do for another organization. */
export function numberBoundProblem({
  organization,
  by,
}: {
  readonly organization: { readonly account_number_external: string };
  readonly by: 'connection' | 'transaction';
}): FieldProblem {
  const { label } = fieldNamed('account_number_external');
  const whole = `${label} must stay ${organization.account_number_external}`;
  return {
    field: 'account_number_external',
    message:
      by === 'connection'
        ? `${whole} while the organization is connected: the connection is for that number. To change it, type disconnect with its name first, or type add for another organization.`
        : `${whole} while a Connect is running. Restore it, or save again once that transaction has ended.`,
  };
}

const shown = (value: string): string => shorten(value, VALUE_MAX_CHARACTERS);
