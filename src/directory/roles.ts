// Roles: what an administrator of the organization may be.

import { listRoles } from '../webex/directory.ts';
import { roles } from './directory.schema.ts';
import type { DirectoryKind } from './kind.ts';

export const rolesKind: DirectoryKind<typeof roles> = {
  kind: 'roles',
  title: 'Roles',
  noun: 'role',
  scope: 'spark-admin:roles_read',
  schedule: 'roles_licenses',
  table: roles,
  fields: { name: 'name' },
  order: [roles.name, roles.webexId],
  read: async (webex) => (await listRoles(webex)).map(({ id, name }) => ({ webexId: id, name })),
  facts: (rows) => [{ title: 'Roles', value: rows === null ? 'Not synced' : `${rows.length} synced` }],
};
