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
  'searchName' | 'customerId' | 'roomId' | 'createdBy' | 'createdAt' | 'updatedAt'
>;

/** `isHere`: it is the space in which this is read. */
export type NotifiedView = NotifiedSpace & { readonly isHere: boolean };

const VALUE_MAX_CHARACTERS = 120;
const NOTES_MAX_CHARACTERS = 400;

/** The account: where it stands in the tree, both its numbers, whom to ask, and which space is notified. `customer` are the names from above down. */
export const accountSection = (
  organization: OrganizationView,
  { customer, notified }: { readonly customer: readonly string[]; readonly notified: NotifiedView | undefined },
): Block =>
  section('Account', [
    customer.length === 0
      ? null
      : { title: 'Customer', value: shorten(customer.map(shownName).join(' / '), 2 * VALUE_MAX_CHARACTERS) },
    ...factsOf(organization, ['account_number_external']),
    {
      title: 'Organization Account Number (Internal)',
      value: shorten(organization.account_number, VALUE_MAX_CHARACTERS),
    },
    organization.account_email === null
      ? { title: fieldNamed('account_email').label, value: 'Not set: the record names nobody to ask' }
      : null,
    ...factsOf(organization, ['account_email']),
    { title: 'Notified space', value: spaceWords(notified) },
  ]);

function spaceWords(notified: NotifiedView | undefined): string {
  if (!notified) return 'A space that I do not know';
  const { type, title, isSeen, isLeft, isHere } = notified;
  if (isHere) return 'This one';
  const name = title === null ? '' : shownName(title);
  const kind = isSeen ? 'A group space' : 'A group space outside of this branch';
  const named = type === 'direct' ? `A direct space${name && ` of ${name}`}` : name || kind;
  return isLeft ? `${named}; I was removed from it, so the provider’s administrators are notified` : named;
}

export const callingSection = (organization: OrganizationView): Block =>
  section('Calling', factsOf(organization, ['default_calling_behaviour', 'email_domain']));

export const wholesaleSection = (organization: OrganizationView): Block =>
  section('Wholesale', factsOf(organization, ['wholesale_status']));

export const contactCenterSection = (organization: OrganizationView): Block =>
  section('Contact center', factsOf(organization, ['webex_contact_center', 'base_url_setting']));

/** `synced`: what was read of Webex's directory, and when. */
export const syncSection = (organization: OrganizationView, synced: readonly (Fact | null)[]): Block =>
  section('Sync', [...factsOf(organization, ['sync', 'dirsync_enabled']), ...synced]);

export const proxySection = (organization: OrganizationView): Block =>
  section('Proxies', factsOf(organization, ['http_proxy', 'https_proxy']));

export const noteSection = (organization: OrganizationView): Block =>
  section('Please note', factsOf(organization, ['notes']));

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
    const { label, kind } = fieldNamed(name);
    const max = kind === 'notes' ? NOTES_MAX_CHARACTERS : VALUE_MAX_CHARACTERS;
    return [{ title: label, value: shorten(fieldWords(name, value), max) }];
  });
}
