// The lean Webex's directory of any organization: the roles and licenses that a daily sync reads.

import { webexId } from './lean-webex-people.ts';

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
