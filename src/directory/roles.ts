// Roles: what an administrator of the organization may be, and what whoever authorized the connection is.

import { mayRead } from '../connections/scopes.ts';
import { rulesOfWay, type Way } from '../connections/ways/ways.ts';
import type { WebexClient } from '../webex/client.ts';
import { listRoles } from '../webex/directory.ts';
import { WebexRefused } from '../webex/errors.ts';
import { readMe } from '../webex/people.ts';
import { roles } from './directory.schema.ts';
import type { DirectoryKind } from './kind.ts';

/** The scope with which Webex shows the roles of a person. */
export const showsRoles = 'spark-admin:people_read';

export const rolesKind: DirectoryKind<typeof roles> = {
  kind: 'roles',
  title: 'Roles',
  noun: 'role',
  shownBy: 'roles',
  scope: 'spark-admin:roles_read',
  ability: 'roles',
  proof: { byScopeAlone: false, ask: listRoles },
  schedule: 'roles_licenses',
  table: roles,
  fields: { name: 'name', heldByGrantor: 'held by whoever authorized the connection' },
  order: [roles.name, roles.webexId],
  async read(webex, _organization, { scopes, way }) {
    const { items, unread } = await listRoles(webex);
    const held = showsGrantor({ scopes, way }) ? await rolesOfGrantor(webex) : new Set();
    return { rows: items.map(({ id, name }) => ({ webexId: id, name, heldByGrantor: held.has(id) })), unread };
  },
  facts: (rows) => [{ title: 'Roles', value: rows === null ? 'Not synced' : `${rows.length} synced` }],
};

/** Whether Webex shows who authorized a connection, and with which roles. */
export const showsGrantor = ({ scopes, way }: { readonly scopes: readonly string[]; readonly way: Way }): boolean =>
  rulesOfWay(way).namesGrantor && mayRead(scopes, showsRoles);

/** Ids of the roles that whoever authorized the connection holds, as far as Webex shows. */
async function rolesOfGrantor(webex: WebexClient): Promise<ReadonlySet<string>> {
  try {
    const { roles: held = [] } = await readMe(webex);
    return new Set(held);
  } catch (error) {
    // The roles themselves were read: they are worth more than who holds them.
    if (error instanceof WebexRefused) return new Set();
    throw error;
  }
}
