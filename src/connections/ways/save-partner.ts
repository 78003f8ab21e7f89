// Makes the record of a partner, or marks one that is there.

import { appendAudit } from '../../audit/append-audit.ts';
import { PROVIDER_ID } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { type RecordOfOwnInput, recordOfOwn } from './record-of-own.ts';
import { saveAsPartner } from './served.store.ts';

/** `deleted`: the number belongs to a record that is being deleted. `below`: to one that stands below the provider, whose branch would see all that it serves. */
export type SavePartnerResult =
  | { outcome: 'saved'; organizationId: string }
  | { outcome: 'deleted'; id: string }
  | { outcome: 'below'; name: string };

/** A partner's record stands at the provider. */
export function savePartner(
  { db, clock }: { db: Db; clock: Clock },
  { values, by, roomId }: RecordOfOwnInput,
): Promise<SavePartnerResult> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const own = await recordOfOwn(tx, { values, by, roomId, now });
    if ('deletedId' in own) return { outcome: 'deleted', id: own.deletedId };
    const { id: organizationId, name, customerId, servesAsPartner } = own.record;
    if (customerId !== PROVIDER_ID) return { outcome: 'below', name };
    await saveAsPartner(tx, organizationId);
    const about = { by, roomId, organizationId, organizationName: name, now };
    if (!servesAsPartner) await appendAudit(tx, { act: 'partner.marked', ...about });
    return { outcome: 'saved', organizationId };
  });
}
