// The places of sealed values, each written once: a value opens only for the place for which it was sealed.

import type { SealedPlace } from './seal.ts';

/** A token of an organization's connection, in use or withdrawn: withdrawing it moves the token as it is sealed. */
export const tokenPlace = (column: 'access_token' | 'refresh_token', organizationId: string): SealedPlace => ({
  table: 'connections',
  column,
  id: organizationId,
});

/** The secret of a customer's own service app, in use or withdrawn. */
export const appSecretPlace = (organizationId: string): SealedPlace => ({
  table: 'connections',
  column: 'app_client_secret',
  id: organizationId,
});

/** The access token of a grant that another has replaced, until it is revoked. */
export const replacedGrantPlace = (organizationId: string): SealedPlace => ({
  table: 'pgboss.job',
  column: 'data',
  id: organizationId,
});

/** A proxy of an organization's record. */
export const proxyPlace = (column: 'http_proxy' | 'https_proxy', organizationId: string): SealedPlace => ({
  table: 'organizations',
  column,
  id: organizationId,
});

/** A proxy in a row of an import, until the row is written. */
export const importedProxyPlace = (column: 'http_proxy' | 'https_proxy', rowId: string): SealedPlace => ({
  table: 'import_rows',
  column,
  id: rowId,
});

/** What was typed into the form of a record that waits for a confirmation. */
export const recordDraftPlace = (draftId: string): SealedPlace => ({
  table: 'record_drafts',
  column: 'inputs',
  id: draftId,
});

/** The PKCE code verifier of a connect link. */
export const codeVerifierPlace = (linkId: string): SealedPlace => ({
  table: 'connect_links',
  column: 'code_verifier',
  id: linkId,
});

/** What the steps of a transaction hand on. */
export const pendingPlace = (transactionId: number): SealedPlace => ({
  table: 'transactions',
  column: 'pending',
  id: String(transactionId),
});

/** The key that the audit's chain is made with. */
export const auditKeyPlace = (chainId: string): SealedPlace => ({ table: 'audit_chain', column: 'key', id: chainId });

/** A column of sealed values. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The table's primary key, or another column by which its values were sealed. */
  id: string;
  /** The table for which the values were sealed, where they have been moved since; the table itself by default. */
  sealedFor?: string;
  /** SQL that is true for rows whose value must stay as it is for now. */
  unless?: string;
}

/** A refresh that has the row saves its tokens only where it finds the sealed value that it read. Its lease is null again once it has saved. */
const whileRefreshed = 'refresh_held_until is not null';

/** Every column of sealed values: a column that is not listed keeps values of a key that was given up. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'connections', column: 'access_token', id: 'organization_id', unless: whileRefreshed },
  { table: 'connections', column: 'refresh_token', id: 'organization_id', unless: whileRefreshed },
  { table: 'connections', column: 'app_client_secret', id: 'organization_id' },
  ...(['access_token', 'refresh_token'] as const).map((column) => ({
    table: 'withdrawn_connections',
    column,
    id: 'organization_id',
    sealedFor: 'connections',
    unless: whileRefreshed,
  })),
  {
    table: 'withdrawn_connections',
    column: 'app_client_secret',
    id: 'organization_id',
    sealedFor: 'connections',
  },
  { table: 'organizations', column: 'http_proxy', id: 'id' },
  { table: 'organizations', column: 'https_proxy', id: 'id' },
  { table: 'import_rows', column: 'http_proxy', id: 'id' },
  { table: 'import_rows', column: 'https_proxy', id: 'id' },
  { table: 'record_drafts', column: 'inputs', id: 'id' },
  { table: 'connect_links', column: 'code_verifier', id: 'id' },
  { table: 'transactions', column: 'pending', id: 'id' },
  { table: 'audit_chain', column: 'key', id: 'id' },
];

/** For which place the value of the row with this id was sealed. */
export const placeIn = ({ table, column, sealedFor = table }: SealedColumn, id: string): SealedPlace => ({
  table: sealedFor,
  column,
  id,
});
