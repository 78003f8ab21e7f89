// Tells each space, once, which grants lack scopes that are needed: after an upgrade to a version that needs more, and after an edit of a record.

import { createHash } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { type GrantedScopes, grantedScopes, saveToldScopes } from '../db/grants.ts';
import type { Jobs } from '../db/jobs.ts';
import { readMarker, setMarker } from '../db/markers.ts';
import { settingsOf } from '../db/settings.ts';
import type { Clock } from '../domain/clock.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import { missingScopes, neededScopes } from '../domain/scopes.ts';
import type { Log } from '../log.ts';
import { namedOf, takeAndOwe } from './tell/several.ts';

interface Deps {
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
export async function lookForNewNeeds({ db, jobs }: Pick<Deps, 'db' | 'jobs'>): Promise<void> {
  if ((await readMarker(db, marker)) === fingerprint()) return;
  if (await jobs.send('scopes', {})) jobs.wake('scopes');
}

/** Looks at all grants, and notes that this version's needs were told. Spaces that have their quiet hours are told by one more look after them. */
export async function tellNewNeeds(deps: Deps): Promise<void> {
  const { db, jobs, clock } = deps;
  const now = clock.now();
  const endsOfQuiet: Date[] = [];
  for (const [roomId, lacking] of await lackingBySpace(db, undefined)) {
    const quiet = quietUntil(await settingsOf(db, roomId), now);
    if (quiet === null) await tellSpace(deps, { roomId, lacking });
    else endsOfQuiet.push(quiet);
  }
  const [first] = endsOfQuiet.sort((a, b) => a.getTime() - b.getTime());
  if (first) await jobs.send('scopes', {}, { afterMs: first.getTime() - now.getTime() });
  await setMarker(db, { name: marker, value: fingerprint(), now });
}

/** Owes an organization's space one notice of what its grant lacks and the space was not told of, whatever the hour: whoever edited the record is there. */
export async function tellMissingScopes(deps: Deps, { organizationId }: { organizationId: string }): Promise<void> {
  for (const [roomId, lacking] of await lackingBySpace(deps.db, organizationId))
    await tellSpace(deps, { roomId, lacking });
}

interface Lacking {
  grant: GrantedScopes;
  missing: string[];
}

/**
 * Grants of which their space has to be told something, of one organization or of all. Those of which Webex told no scopes are passed over:
 * nothing is known of them.
 */
async function lackingBySpace(db: Db, organizationId: string | undefined): Promise<Map<string, Lacking[]>> {
  const spaces = new Map<string, Lacking[]>();
  let after: string | undefined;
  let hasMore = true;
  while (hasMore) {
    const page = await grantedScopes(db, { of: organizationId, after, limit: pageSize });
    for (const grant of page) {
      const missing = missingScopes(grant.scopes, neededScopes(grant));
      if (missing.join() === grant.told.join()) continue;
      const others = spaces.get(grant.roomId);
      if (others) others.push({ grant, missing });
      else spaces.set(grant.roomId, [{ grant, missing }]);
    }
    after = page.at(-1)?.organizationId;
    hasMore = page.length === pageSize;
  }
  return spaces;
}

/** Of two processes that look at once, each tells what it was the first to note. */
function tellSpace(deps: Deps, { roomId, lacking }: { roomId: string; lacking: Lacking[] }): Promise<void> {
  return takeAndOwe(deps, [{ roomId, parentMessageId: null }], async (tx) => {
    const news: string[] = [];
    for (const { grant, missing } of lacking) {
      const saved = await saveToldScopes(tx, grant, missing);
      if (saved && missingScopes(grant.told, missing).length > 0) news.push(grant.organizationId);
    }
    return news.length === 0 ? undefined : { kind: 'missing_scopes', ...namedOf(news) };
  });
}
