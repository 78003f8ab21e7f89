// Whom to ask about an organization, and what its record notes for colleagues: facts in a message about one, a few words beside one of several.

import { type Fact, shownName } from '../chat/facts.ts';
import { shorten } from '../lib/text.ts';
import { fieldNamed } from '../organizations/organization-fields.ts';

/** What of a record stands in every warning about it. */
export interface ContactView {
  readonly account_email?: string | null | undefined;
  readonly notes?: string | null | undefined;
}

const NOTES_MAX_CHARACTERS = 400;
const EMAIL_OF_SEVERAL_MAX_CHARACTERS = 40;

/** In a message about one organization. */
export function contactFacts({ account_email: email, notes }: ContactView): Fact[] {
  return [
    ...(email ? [{ title: 'Whom to ask', value: shownName(email) }] : []),
    ...(notes ? [{ title: fieldNamed('notes').label, value: shorten(notes, NOTES_MAX_CHARACTERS) }] : []),
  ];
}

/** `; ask dora@acme.example`, beside one of several; nothing where that is who authorized it, which is said already. */
export function askWords({ account_email: email }: ContactView, authorizedEmail: string | null): string {
  if (!email || email.toLowerCase() === authorizedEmail?.toLowerCase()) return '';
  return `; ask ${shorten(email, EMAIL_OF_SEVERAL_MAX_CHARACTERS)}`;
}
