// People: how many there are, with which licenses, where, and who cannot work yet.

import type { Fact } from '../../chat/facts.ts';
import { membersPage } from '../../webex/people.ts';
import { directoryPeople } from '../directory.schema.ts';
import type { PagedKind } from '../kind.ts';

export const peopleKind: PagedKind<typeof directoryPeople> = {
  kind: 'people',
  title: 'People',
  noun: 'person',
  shownBy: 'people',
  scope: 'spark-admin:people_read',
  proof: { byScopeAlone: true, ask: (webex, { account_number }) => membersPage(webex, account_number, null) },
  schedule: 'users',
  table: directoryPeople,
  fields: {
    name: 'name',
    licenseIds: licenseWords,
    locationId: (before, after) =>
      before === null ? 'location given' : after === null ? 'location taken away' : 'another location',
    invitePending: 'invitation pending',
    loginEnabled: 'may sign in',
  },
  order: [directoryPeople.name, directoryPeople.webexId],
  async readPage(webex, { account_number }, from) {
    const { value, unread, next } = await membersPage(webex, account_number, from);
    // Bots and machine accounts hold no licenses and are invited by nobody.
    const people = value.items.filter(({ type = 'person' }) => type === 'person');
    const rows = people.map(({ id, displayName, licenses = [], ...person }) => ({
      webexId: id,
      name: displayName ?? '',
      licenseIds: [...new Set(licenses)].filter((license) => license !== '').sort(),
      locationId: person.locationId ?? null,
      invitePending: person.invitePending ?? null,
      loginEnabled: person.loginEnabled ?? null,
      modifiedAt: person.lastModified ?? null,
    }));
    return { rows, unread, next };
  },
  facts: (total): Fact[] => [{ title: 'People', value: total === null ? 'Not synced' : `${total} synced` }],
};

/** `licenses: 2 more, 1 less`. Ids say nothing to people, and the names can have changed since. */
function licenseWords(before: unknown, after: unknown): string {
  const [had, has] = [before, after].map((ids) => new Set(Array.isArray(ids) ? ids : []));
  const more = [...(has ?? [])].filter((id) => !had?.has(id)).length;
  const less = [...(had ?? [])].filter((id) => !has?.has(id)).length;
  const words = [more > 0 ? `${more} more` : null, less > 0 ? `${less} less` : null].filter((part) => part !== null);
  return `licenses: ${words.join(', ')}`;
}
