// What an edit changes in an organization's record, in words without secrets.

import type { OrganizationValues } from './check-organization.ts';
import { type FieldName, fieldWords, ORGANIZATION_FIELDS } from './organization-fields.ts';

/** One field's old and new value, as people read them. */
export interface RecordChange {
  field: FieldName;
  from: string;
  to: string;
}

type Values = Readonly<Pick<OrganizationValues, FieldName>>;

/** The fields in which the two differ, in their order. Secrets are compared as they are given: both in the clear, or both sealed alike. */
export function recordChanges(before: Values, after: Values): RecordChange[] {
  return ORGANIZATION_FIELDS.flatMap(({ name }) => {
    if (before[name] === after[name]) return [];
    const from = fieldWords(name, before[name]);
    const to = fieldWords(name, after[name]);
    return [{ field: name, from, to: to === from ? 'Another, stored encrypted' : to }];
  });
}
