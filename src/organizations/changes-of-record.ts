// How a stored record differs from what a form holds.

import type { Sealer } from '../db/seal/seal.ts';
import { proxyPlace } from '../db/seal/sealed-places.ts';
import type { OrganizationValues } from './check-organization.ts';
import type { Organization } from './organization.store.ts';
import { type RecordChange, recordChanges } from './organization-changes.ts';
import type { SecretName } from './organization-fields.ts';

/** The fields in which they differ; `kept` are secrets that stay as they are stored. New proxies are compared in the clear, since each sealing gives another text. Kept ones are compared sealed. */
export function changesOfRecord(
  sealer: Sealer,
  organization: Organization,
  { values, kept }: { values: OrganizationValues; kept: readonly SecretName[] },
): RecordChange[] {
  const before = (column: SecretName) => {
    const stored = organization[column];
    const isOpened = stored !== null && !kept.includes(column);
    return isOpened ? sealer.open(stored, proxyPlace(column, organization.id)) : stored;
  };
  const after = (column: SecretName) => (kept.includes(column) ? organization[column] : values[column]);
  return recordChanges(
    { ...organization, http_proxy: before('http_proxy'), https_proxy: before('https_proxy') },
    { ...values, http_proxy: after('http_proxy'), https_proxy: after('https_proxy') },
  );
}
