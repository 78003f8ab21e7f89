// Asks Webex which organizations a partner manages, and keeps the answer: what is new, gone and renamed follows from it.

import type { ConnectAs } from '../connections/connect/steps/step.ts';
import { probeAgain } from '../connections/probe/probe.store.ts';
import { asPartner } from '../connections/ways/hold-by-partner.ts';
import type { HoldDeps } from '../connections/ways/store-held.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import type { Organization } from '../organizations/organization.store.ts';
import type { WebexClient } from '../webex/client.ts';
import { listOrganizations } from '../webex/directory.ts';
import { WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import { organizationUuid } from '../webex/ids.ts';
import { listTagged } from '../webex/partner-tags.ts';
import { probeSoonOfGone, probeSoonOfUnseen } from './gone.store.ts';
import { holdAgainSoon } from './hold-again.ts';
import { type Listed, saveGone, saveListed } from './managed.store.ts';

export interface LookDeps extends HoldDeps {
  db: Db;
  jobs: Pick<Jobs, 'send' | 'wake'>;
  sealer: Sealer;
  connectAs: ConnectAs;
}

/** `not_connected`: the partner's grant is lost, or was never given. `empty`: Webex lists no organization besides the partner itself. */
export type LookResult =
  /** `isTagged`: Webex said which tags they have. */
  | { outcome: 'looked'; isTagged: boolean }
  | { outcome: 'not_connected' }
  | { outcome: 'empty' }
  | { outcome: 'refused'; code: string };

/** Rows of one statement. */
const chunkSize = 1000;

/**
 * Webex gives the list whole, and it is kept in parts: memory holds it once. What it does not name any more is gone from the list, which ends no connection: a
 * check of each that the partner holds decides that. Where it lists none, the check of the partner marks it. Where it names some that cannot be read, nothing is
 * gone.
 * @throws WebexUnavailable
 */
export async function lookAtPartner(deps: LookDeps, partner: Organization): Promise<LookResult> {
  const { db, clock } = deps;
  const webex = await asPartner(deps, partner);
  if (!webex) return { outcome: 'not_connected' };
  const at = clock.now();
  const { id: partnerId } = partner;
  let listed: Listed[];
  let isWhole: boolean;
  try {
    const { items, unread } = await listOrganizations(webex);
    listed = items.flatMap(({ id, displayName = null }) => {
      const webexUuid = organizationUuid(id);
      return webexUuid === undefined ? [] : [{ webexUuid, webexOrgId: id, name: displayName }];
    });
    isWhole = unread === 0 && listed.length === items.length;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    await probeAgain(db, partnerId, at);
    return { outcome: 'refused', code: error.code };
  }
  const customers = new Map(listed.map((one) => [one.webexUuid, one]));
  customers.delete(partner.account_number_external);
  // So Webex answers a person without a partner's role: it must not count as if the partner had lost all its customers.
  if (customers.size === 0 && isWhole) {
    await probeAgain(db, partnerId, at);
    return { outcome: 'empty' };
  }
  const tagged = await tagsOf(webex);
  const all = [...customers.values()].map((one) => ({ ...one, tags: tagged && (tagged.get(one.webexUuid) ?? []) }));
  for (let from = 0; from < all.length; from += chunkSize) {
    await saveListed(db, { partnerId, listed: all.slice(from, from + chunkSize), at });
  }
  if (isWhole) await saveGone(db, { partnerId, at });
  await probeSoonOfGone(db, { partnerId, now: at });
  await probeSoonOfUnseen(db, { partnerId, now: at });
  await holdAgainSoon(deps, partnerId);
  return { outcome: 'looked', isTagged: tagged !== undefined };
}

/** The tags of customers by their Webex UUIDs; undefined where Webex does not say: then those that were known stay. */
async function tagsOf(webex: WebexClient): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  try {
    const tagged = [...(await listTagged(webex))];
    return new Map(tagged.map(([id, tags]) => [organizationUuid(id) ?? id, tags]));
  } catch (error) {
    if (!(error instanceof WebexRefused) && !(error instanceof WebexUnavailable)) throw error;
    return undefined;
  }
}
