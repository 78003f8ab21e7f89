// An organization's record as `show` says it: sections of what is set, and in one line what is not.

import type { Block } from '../chat/blocks.ts';
import { type Fact, shownName } from '../chat/facts.ts';
import { section } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import { type FieldName, fieldNamed, fieldWords, ORGANIZATION_FIELDS } from '../organizations/organization-fields.ts';
import type { organizations } from '../organizations/organizations.schema.ts';
import type { NotifiedSpace } from './show.store.ts';

/** The record as people see it: of the sealed proxies, only whether they are set. */
export type OrganizationView = Omit<
  typeof organizations.$inferSelect,
  'searchName' | 'isConnected' | 'customerId' | 'roomId' | 'ownRoomId' | 'createdBy' | 'createdAt' | 'updatedAt'
>;

/** `isHere`: it is the space in which this is read. `isByLabel`: a label of the organization says that this space is notified. */
export type NotifiedView = NotifiedSpace & { readonly isHere: boolean; readonly isByLabel: boolean };

const VALUE_MAX_CHARACTERS = 120;
const NOTES_MAX_CHARACTERS = 400;

/**
 * The account: where it stands in the tree, its labels, both its numbers, whom to ask, and which space is notified. A line each, since numbers are copied and would not
 * fit beside their titles. `customer` are the names from above down.
 */
export function accountBlock(
  organization: OrganizationView,
  view: {
    readonly customer: readonly string[];
    readonly labels: readonly string[];
    readonly notified: NotifiedView | undefined;
  },
): Block {
  const { account_number_external: number, account_number: internal, account_email: email } = organization;
  const label = fieldNamed('account_number_external').label;
  const { customer, labels, notified } = view;
  const path = shorten(customer.map(shownName).join(' / '), 2 * VALUE_MAX_CHARACTERS);
  return {
    kind: 'terms',
    title: 'Account',
    terms: [
      ...(path === '' ? [] : [{ term: 'Customer', words: path }]),
      ...(labels.length === 0 ? [] : [{ term: 'Labels', words: shorten(labels.join(', '), 2 * VALUE_MAX_CHARACTERS) }]),
      { term: label, words: number },
      { term: `${label} (Internal)`, words: shorten(internal, VALUE_MAX_CHARACTERS) },
      {
        term: fieldNamed('account_email').label,
        words: email === null ? 'Not set: the record names nobody to ask' : shorten(email, VALUE_MAX_CHARACTERS),
      },
      { term: 'Notified space', words: spaceWords(notified) },
    ],
  };
}

function spaceWords(notified: NotifiedView | undefined): string {
  if (!notified) return 'A space that I do not know';
  const { type, title, isSeen, isLeft, isHere, isByLabel } = notified;
  if (isHere) return isByLabel ? 'This one, by a label' : 'This one';
  const name = title === null ? '' : shownName(title);
  const kind = isSeen ? 'A group space' : 'A group space outside of this branch';
  const named = type === 'direct' ? `A direct space${name && ` of ${name}`}` : name || kind;
  const words = isByLabel ? `${named}, by a label` : named;
  return isLeft ? `${words}; I was removed from it, so the provider’s administrators are notified` : words;
}

export const callingSection = (organization: OrganizationView): Block =>
  section('Calling', factsOf(organization, ['default_calling_behaviour', 'email_domain']));

export const servicesSection = (organization: OrganizationView): Block =>
  section(
    'Wholesale and contact center',
    factsOf(organization, ['wholesale_status', 'webex_contact_center', 'base_url_setting']),
  );

/** `synced`: what was read of Webex's directory, and when. */
export const syncSection = (organization: OrganizationView, synced: readonly (Fact | null)[]): Block =>
  section('Sync', [
    ...factsOf(organization, ['sync', 'dirsync_enabled']),
    organization.dirsync_enabled
      ? { title: 'Kept by the directory', value: 'People’s names, addresses and e-mails' }
      : null,
    ...synced,
  ]);

export const proxySection = (organization: OrganizationView): Block =>
  section('Proxies', factsOf(organization, ['http_proxy', 'https_proxy']));

/** What colleagues should know. */
export const noteBlock = ({ notes }: OrganizationView): Block | null =>
  notes === null
    ? null
    : { kind: 'log', title: fieldNamed('notes').label, lines: [shorten(notes, NOTES_MAX_CHARACTERS)] };

/** Named in one line, in place of a line each. */
export function notSetFact(organization: OrganizationView): Fact | null {
  const labels = ORGANIZATION_FIELDS.filter(({ name }) => name !== 'account_email' && organization[name] === null).map(
    ({ label }) => label,
  );
  return labels.length === 0 ? null : { title: 'Not set', value: labels.join(', ') };
}

/** What is set of these fields, under the labels of the form. */
function factsOf(organization: OrganizationView, names: readonly FieldName[]): Fact[] {
  return names.flatMap((name) => {
    const value = organization[name];
    if (value === null) return [];
    return [{ title: fieldNamed(name).label, value: shorten(fieldWords(name, value), VALUE_MAX_CHARACTERS) }];
  });
}
