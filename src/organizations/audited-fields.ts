// Fields of a record as the audit keeps them: of a secret no more than that it changed.

import type { AuditFields } from '../audit/audit-entry.ts';
import type { OrganizationValues } from './check-organization.ts';
import { type FieldName, ORGANIZATION_FIELDS } from './organization-fields.ts';

/** The values of these fields, by default of all that have one. */
export function auditedFields(
  values: Readonly<Pick<OrganizationValues, FieldName>>,
  fields: readonly FieldName[] = filled(values),
): AuditFields {
  const audited = (name: FieldName) => (isSecret(name) && values[name] !== null ? 'changed' : values[name]);
  return Object.fromEntries(fields.map((name) => [name, audited(name)]));
}

const filled = (values: Readonly<Pick<OrganizationValues, FieldName>>): FieldName[] =>
  ORGANIZATION_FIELDS.map(({ name }) => name).filter((name) => values[name] !== null);

const isSecret = (name: FieldName): boolean =>
  ORGANIZATION_FIELDS.some((field) => field.name === name && field.kind === 'secret');
