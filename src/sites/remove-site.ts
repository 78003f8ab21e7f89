// Removes a site whose location is gone at Webex: until then it stands at its node and uses its list of network devices.

import { appendAudit } from '../audit/append-audit.ts';
import { type ChangeDeps, type Changing, entryOf } from './changing.ts';
import { deleteGoneSite, findSite, type NamedSite } from './site.store.ts';

/** `there`: its location is at Webex. */
export type RemoveSiteResult =
  | { outcome: 'removed'; site: NamedSite }
  | { outcome: 'there'; site: NamedSite }
  | { outcome: 'gone' };

export function removeSite(
  { db, clock }: ChangeDeps,
  { id, ...by }: Changing & { id: string },
): Promise<RemoveSiteResult> {
  return db.transaction(async (tx): Promise<RemoveSiteResult> => {
    const site = await findSite(tx, { scope: by.scope, id });
    if (!site) return { outcome: 'gone' };
    if (!(await deleteGoneSite(tx, id))) return { outcome: 'there', site };
    await appendAudit(tx, {
      act: 'site.removed',
      ...entryOf(by, clock.now()),
      organizationId: site.organizationId,
      before: { site: site.name, network_device_list: site.deviceListName },
    });
    return { outcome: 'removed', site };
  });
}
