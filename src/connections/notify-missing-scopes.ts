// Notifies each space, once, of grants that lack needed scopes: after an upgrade that needs more scopes, and after an edited record.

import { createHash, randomUUID } from 'node:crypto';
import { namedOf } from '../chat/named.ts';
import type { Db } from '../db/database.ts';
import { readFlag, setFlag } from '../db/flags.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { claimAndEnqueue } from '../notices/claim-and-enqueue.ts';
import { addNotice, claimUnbegun, unbegunNotices } from '../notices/notice.store.ts';
import { quietUntil } from '../settings/quiet-hours.ts';
import { settingsOf } from '../settings/settings.store.ts';
import { defaultSettings } from '../settings/settings.ts';
import { settingsOfOrganizations } from '../settings/settings-of-many.store.ts';
import { missingScopesNotice } from './connection.notice.ts';
import { type GrantedScopes, grantedScopes, type LackingGrant, saveNotifiedScopes } from './scopes.store.ts';
import { type Features, missingScopes, neededScopes } from './scopes.ts';
import { scopesNeeded } from './ways/served.store.ts';

export interface NotifyScopesDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

const flag = 'needed_scopes';
const pageSize = 500;

/** What this version needs, over all features, as a short text that differs from that of every other need. */
function fingerprint(): string {
  const nothing = {
    ...{ sync: false, wholesale_status: false, webex_contact_center: false },
    ...{ default_calling_behaviour: null, email_domain: null },
  };
  // What each switch needs adds up.
  const each: Partial<Features>[] = [
    {},
    { sync: true },
    { wholesale_status: true },
    { webex_contact_center: true },
    { default_calling_behaviour: 'any' },
    { email_domain: 'any' },
  ];
  const needs = each.map((one) =>
    neededScopes({ ...nothing, ...one }, { apply_calling_behaviour: true, read_admin_audit: true }),
  );
  return createHash('sha256').update(JSON.stringify(needs)).digest('hex');
}

/** At each start: reads one flag, and sends a job only where this version needs other scopes than the last one. */
export async function lookForNewNeeds({ db, jobs }: Pick<NotifyScopesDeps, 'db' | 'jobs'>): Promise<void> {
  if ((await readFlag(db, flag)) === fingerprint()) return;
  if (await jobs.send('scopes', {})) jobs.wake('scopes');
}

/**
 * Looks at all grants, page by page, and sets the flag of this version's needs; or at the grant of one organization. Each space gets one message, once all
 * pages are through. Spaces in their quiet hours are notified by another look afterwards.
 */
export async function notifyNewNeeds(
  { db, jobs, clock, log }: NotifyScopesDeps,
  which: { organizationId?: string } = {},
): Promise<void> {
  const now = clock.now();
  const endsOfQuiet = new Map<string, Date | null>();
  for await (const page of lackingPages(db, which.organizationId)) {
    for (const { grant } of page) {
      if (endsOfQuiet.has(grant.roomId)) continue;
      endsOfQuiet.set(grant.roomId, quietUntil(await settingsOf(db, grant.roomId), now));
    }
    const lacking = page.filter(({ grant }) => endsOfQuiet.get(grant.roomId) === null);
    await db.transaction((tx) => collectNews(tx, { lacking, now }));
  }
  const queued = await unbegunNotices(db, missingScopesNotice.kind);
  for (const noticeId of queued) await jobs.send('notice', { noticeId });
  if (queued.length > 0) log.info({ kind: missingScopesNotice.kind, count: queued.length }, 'spaces are notified');
  jobs.wake('notice');
  const [first] = [...endsOfQuiet.values()].filter((end) => end !== null).sort((a, b) => a.getTime() - b.getTime());
  if (first) await jobs.send('scopes', which, { afterMs: first.getTime() - now.getTime() });
  if (which.organizationId === undefined) await setFlag(db, { name: flag, value: fingerprint(), now });
}

/** Queues a notice of what the organization's grant lacks and its space was not notified of, even in quiet hours: somebody has just edited the record. */
export async function notifyMissingScopes(
  deps: NotifyScopesDeps,
  { organizationId }: { organizationId: string },
): Promise<void> {
  for await (const lacking of lackingPages(deps.db, organizationId)) {
    const addressees = lacking.map(({ grant }) => ({ roomId: grant.roomId, parentMessageId: null }));
    await claimAndEnqueue(deps, addressees, async (tx) => {
      const news = await saveAsNotified(tx, lacking);
      if (news.length === 0) return undefined;
      return missingScopesNotice.of(namedOf(news.map((grant) => grant.organizationId)));
    });
  }
}

/**
 * Grants whose missing scopes differ from what their space was notified of, of one organization or of all, page by page. Grants whose scopes Webex did
 * not name are left out.
 */
async function* lackingPages(db: Db, organizationId: string | undefined): AsyncGenerator<LackingGrant[]> {
  let after: string | undefined;
  let hasMore = true;
  while (hasMore) {
    const page = await grantedScopes(db, { of: organizationId, after, limit: pageSize });
    const settings = await settingsOfOrganizations(
      db,
      page.map((grant) => grant.organizationId),
    );
    const scopesOf = await scopesNeeded(db, page, (grant) => settings.get(grant.organizationId) ?? defaultSettings);
    const lacking = page
      .map((grant) => ({ grant, missing: missingScopes(grant.scopes, scopesOf(grant)) }))
      .filter(({ grant, missing }) => missing.join() !== grant.told.join());
    if (lacking.length > 0) yield lacking;
    after = page.at(-1)?.organizationId;
    hasMore = page.length === pageSize;
  }
}

/** Saves what is notified, and returns the grants of which it is news. Of two processes, each returns what it was the first to save. */
async function saveAsNotified(tx: Db, lacking: readonly LackingGrant[]): Promise<GrantedScopes[]> {
  const noted = await saveNotifiedScopes(tx, lacking);
  return lacking
    .filter(({ grant, missing }) => noted.has(grant.organizationId) && missingScopes(grant.told, missing).length > 0)
    .map(({ grant }) => grant);
}

/** Saves a page as notified, and adds the news to the notices of the pages before. */
async function collectNews(tx: Db, { lacking, now }: { lacking: readonly LackingGrant[]; now: Date }): Promise<void> {
  const bySpace = new Map<string, string[]>();
  for (const { roomId, organizationId } of await saveAsNotified(tx, lacking)) {
    const others = bySpace.get(roomId);
    if (others) others.push(organizationId);
    else bySpace.set(roomId, [organizationId]);
  }
  for (const [roomId, organizationIds] of bySpace) {
    const earlier = (await claimUnbegun(tx, { roomId, kind: missingScopesNotice.kind })).map(({ payload }) =>
      missingScopesNotice.read(payload),
    );
    const named = namedOf([...new Set([...earlier.flatMap((one) => one.organizationIds), ...organizationIds])]);
    const total = earlier.reduce((sum, one) => sum + one.total, organizationIds.length);
    const notice = missingScopesNotice.of({ ...named, total });
    await addNotice(tx, {
      id: randomUUID(),
      key: `${missingScopesNotice.kind}:${randomUUID()}`,
      kind: notice.kind,
      roomId,
      payload: notice,
      createdAt: now,
    });
  }
}
