// The lean Webex's directory of any organization: the roles and licenses that a daily sync reads, and as many people as are asked for.

import { longAgo, orgId, webexId } from './lean-webex-people.ts';

/** As tokens of the bench's organizations begin. */
const GRANT = 'Bearer access-';

const roles = ['Full Administrator', 'User Administrator', 'Device Administrator', 'Support', 'Compliance'].map(
  (name) => ({ id: webexId('ROLE'), name }),
);
const licenses = Array.from({ length: 12 }, (_, index) => ({
  id: webexId('LICENSE'),
  name: `Webex License ${index + 1}`,
  totalUnits: 100,
  consumedUnits: 10 * (index % 9),
  consumedByUsers: 10 * (index % 9),
  consumedByWorkspaces: 0,
}));
const answers: Readonly<Record<string, object>> = {
  '/v1/roles': { items: roles },
  '/v1/licenses': { items: licenses },
};

/** What the holder of a grant reads; undefined for what is none of the directory, or asked for by nobody who may. */
export const directoryAnswer = (method: string, path: string, authorization: string | undefined): object | undefined =>
  method === 'GET' && authorization?.startsWith(GRANT) ? answers[path] : undefined;

/** The person's id is the same in each answer. */
function person(number: number): object {
  const uuid = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    id: Buffer.from(`ciscospark://us/PEOPLE/${uuid}`).toString('base64url'),
    emails: [`person.${number}@customer.example`],
    displayName: `Person ${number}`,
    nickName: 'Person',
    firstName: 'Person',
    lastName: String(number),
    orgId,
    roles: [],
    licenses: licenses.filter((_, index) => (number + index) % 4 === 0).map(({ id }) => id),
    created: longAgo,
    lastModified: longAgo,
    invitePending: false,
    loginEnabled: true,
    type: 'person',
  };
}

/** A page of people and, as Webex does it, the address of the next one in a header. */
export function peoplePage(url: URL, count: number): { body: object; headers: Record<string, string> } {
  const from = Number(url.searchParams.get('from') ?? 0);
  const until = Math.min(count, from + Number(url.searchParams.get('max') ?? 100));
  const next = new URL(url);
  next.searchParams.set('from', String(until));
  return {
    body: { items: Array.from({ length: until - from }, (_, index) => person(from + index)) },
    headers: until < count ? { link: `<${next.href}>; rel="next"` } : {},
  };
}

/** Whether the holder of a grant asks for people. */
export const asksForPeople = (method: string, path: string, authorization: string | undefined): boolean =>
  method === 'GET' && path === '/v1/people' && (authorization?.startsWith(GRANT) ?? false);
