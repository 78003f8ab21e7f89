// What the grants of organizations do not permit that the rows of an import switch on: said before anything is written.

import type { Db } from '../db/database.ts';
import { inARow } from '../lib/text.ts';
import type { Organization } from '../organizations/organization.store.ts';
import type { FeatureSwitches, RecordHooks } from '../organizations/record-hooks.ts';
import { PERMISSIONS_FIELD } from './import-rules.ts';

const switches = [
  'sync',
  'wholesale_status',
  'webex_contact_center',
  'default_calling_behaviour',
  'email_domain',
] as const;

/** What a row says beside its changes; nothing where its grant permits all, or nothing is switched on. */
export async function lackingOfRow(
  db: Db,
  recordHooks: readonly Pick<RecordHooks<never>, 'lacksFor'>[],
  { record, values, now }: { record: Organization; values: FeatureSwitches; now: Date },
): Promise<{ field: string; from: string; to: string }[]> {
  if (!switches.some((name) => values[name] && !record[name])) return [];
  const changes = [];
  for (const { lacksFor } of recordHooks) {
    const lacking = await lacksFor?.(db, { organizationId: record.id, before: record, after: values, now });
    if (!lacking) continue;
    const allows = inARow(lacking.scopes.map((each) => each.allows));
    changes.push({
      field: PERMISSIONS_FIELD,
      from: 'as granted',
      to: `${lacking.authorizedBy ?? 'whoever connected it'} must reconnect, to ${allows}`,
    });
  }
  return changes;
}
