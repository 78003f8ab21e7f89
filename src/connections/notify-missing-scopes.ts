// Tells each space, once, which grants lack scopes that are needed: after an upgrade to a version that needs more, and after an edit of a record.

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
import { missingScopesNotice } from './connection.notice.ts';
import { type GrantedScopes, grantedScopes, type LackingGrant, saveNotifiedScopes } from './scopes.store.ts';
import { missingScopes, neededScopes } from './scopes.ts';

export interface NotifyScopesDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

const marker = 'needed_scopes';
const pageSize = 500;

/** What this version needs, over all features, as a short text that differs from that of every other need. */
function fingerprint(): string {
  const switches = [false, true];
  const needs = switches.flatMap((wholesale_status) =>
    switches.map((webex_contact_center) => neededScopes({ wholesale_status, webex_contact_center })),
  );
  return createHash('sha256').update(JSON.stringify(needs)).digest('hex');
}

/** At each start: one read by its key, and a job only where the last look was made for other needs. */
export async function lookForNewNeeds({ db, jobs }: Pick<NotifyScopesDeps, 'db' | 'jobs'>): Promise<void> {
  if ((await readFlag(db, marker)) === fingerprint()) return;
  if (await jobs.send('scopes', {})) jobs.wake('scopes');
}

/**
 * Looks at all grants by pages, and notes that this version's needs were told. Each space reads one message, which goes out once all pages are through.
 * Spaces that have their quiet hours are told by one more look after them.
 */
export async function notifyNewNeeds({ db, jobs, clock, log }: NotifyScopesDeps): Promise<void> {
  const now = clock.now();
  const endsOfQuiet = new Map<string, Date | null>();
  for await (const page of lackingPages(db, undefined)) {
    for (const { grant } of page) {
      if (endsOfQuiet.has(grant.roomId)) continue;
      endsOfQuiet.set(grant.roomId, quietUntil(await settingsOf(db, grant.roomId), now));
    }
    const lacking = page.filter(({ grant }) => endsOfQuiet.get(grant.roomId) === null);
    await db.transaction((tx) => collectNews(tx, { lacking, now }));
  }
  const owed = await unbegunNotices(db, missingScopesNotice.kind);
  for (const noticeId of owed) await jobs.send('notice', { noticeId });
  if (owed.length > 0) log.info({ kind: missingScopesNotice.kind, count: owed.length }, 'spaces are told');
  jobs.wake('notice');
  const [first] = [...endsOfQuiet.values()].filter((end) => end !== null).sort((a, b) => a.getTime() - b.getTime());
  if (first) await jobs.send('scopes', {}, { afterMs: first.getTime() - now.getTime() });
  await setFlag(db, { name: marker, value: fingerprint(), now });
}

/** Owes an organization's space one notice of what its grant lacks and the space was not told of, whatever the hour: whoever edited the record is there. */
export async function notifyMissingScopes(
  deps: NotifyScopesDeps,
  { organizationId }: { organizationId: string },
): Promise<void> {
  for await (const lacking of lackingPages(deps.db, organizationId)) {
    const addressees = lacking.map(({ grant }) => ({ roomId: grant.roomId, parentMessageId: null }));
    await claimAndEnqueue(deps, addressees, async (tx) => {
      const news = await noteTold(tx, lacking);
      if (news.length === 0) return undefined;
      return missingScopesNotice.of(namedOf(news.map((grant) => grant.organizationId)));
    });
  }
}

/**
 * Grants of which their space has to be told something, of one organization or of all, page by page. Those of which Webex told no scopes are passed
 * over: nothing is known of them.
 */
async function* lackingPages(db: Db, organizationId: string | undefined): AsyncGenerator<LackingGrant[]> {
  let after: string | undefined;
  let hasMore = true;
  while (hasMore) {
    const page = await grantedScopes(db, { of: organizationId, after, limit: pageSize });
    const lacking = page
      .map((grant) => ({ grant, missing: missingScopes(grant.scopes, neededScopes(grant)) }))
      .filter(({ grant, missing }) => missing.join() !== grant.told.join());
    if (lacking.length > 0) yield lacking;
    after = page.at(-1)?.organizationId;
    hasMore = page.length === pageSize;
  }
}

/** Notes what is told, and gives back the grants of which it is news. Of two processes that look at once, each tells what it was the first to note. */
async function noteTold(tx: Db, lacking: readonly LackingGrant[]): Promise<GrantedScopes[]> {
  const noted = await saveNotifiedScopes(tx, lacking);
  return lacking
    .filter(({ grant, missing }) => noted.has(grant.organizationId) && missingScopes(grant.told, missing).length > 0)
    .map(({ grant }) => grant);
}

/** Notes a page as told, and owes its spaces the news, added to what they are owed of the pages before. */
async function collectNews(tx: Db, { lacking, now }: { lacking: readonly LackingGrant[]; now: Date }): Promise<void> {
  const bySpace = new Map<string, string[]>();
  for (const { roomId, organizationId } of await noteTold(tx, lacking)) {
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
