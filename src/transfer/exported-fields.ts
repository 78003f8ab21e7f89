// What an export says of an organization: the fields of its record by the names that the form and an import use, without secrets.

import { ORGANIZATION_FIELDS, type SecretName } from '../organizations/organization-fields.ts';
import type { CustomerPaths } from './customer-paths.ts';
import type { ExportedOrganization } from './export.store.ts';
import { KEPT_SECRET } from './read-cells.ts';

export type ExportedFields = Readonly<Record<string, string | boolean | null>>;

/** In the order in which a file has them. */
export const EXPORTED_COLUMNS: readonly string[] = [
  'name',
  'customer',
  ...ORGANIZATION_FIELDS.map(({ name }) => name).filter((name) => name !== 'name'),
  'account_number',
  'labels',
  'connection_state',
  'access_token_expires',
  'refresh_token_expires',
  'connected_at',
  'authorized_email',
];

/** Null is an empty field. Of a proxy only that one is stored is said; instants are ISO 8601, in UTC. */
export function exportedFields(
  { organization, connection, labels }: ExportedOrganization,
  { paths, now }: { paths: CustomerPaths; now: Date },
): ExportedFields {
  const secret = (name: SecretName) => (organization[name] === null ? null : KEPT_SECRET);
  return {
    ...Object.fromEntries(ORGANIZATION_FIELDS.map(({ name }) => [name, organization[name]])),
    http_proxy: secret('http_proxy'),
    https_proxy: secret('https_proxy'),
    customer: paths.pathOf(organization.customerId),
    account_number: organization.account_number,
    labels: labels.length === 0 ? null : labels.join(' '),
    connection_state: stateOf(connection, now),
    access_token_expires: connection?.accessTokenExpiresAt.toISOString() ?? null,
    refresh_token_expires: connection?.refreshTokenExpiresAt.toISOString() ?? null,
    connected_at: connection?.connectedAt.toISOString() ?? null,
    authorized_email: connection?.authorizedEmail ?? null,
  };
}

function stateOf(connection: ExportedOrganization['connection'], now: Date): string {
  if (connection === null) return 'not connected';
  if (connection.state === 'lost') return 'lost';
  return connection.refreshTokenExpiresAt <= now ? 'expired' : connection.state;
}
