// Four replicas on one PostgreSQL, 2,000 grants that fall due at once, a Webex that fails one call in twenty, and replicas that are killed and
// started again at random. Of each organization: never two refreshes at the same time, one entry in the journal, tokens that work.
//
// Webex's policy here: each refresh brings a new refresh token, and the old one stays good. An answer in the memory of a process that is killed
// is lost with any design, and so is one that gets lost on its way; under the policy by which the old token dies, that organization would have
// to connect again. What can be shown under SIGKILL is that nothing else is lost. test/process/stop.test.ts shows under the harder policy
// that a stop loses nothing.
import { createHash, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, count, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connections, refreshes } from '../../src/connections/connections.schema.ts';
import type { Db } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { queues } from '../../src/features.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import type { WatchedRefresh } from '../../src/simulator/oauth/refresh-watch.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { askedLast, faultsOf, saidByBot } from '../helpers/story.ts';
import { fallDue } from './granted.ts';
import { encryptionKey, openPremises, type ProgramProcess } from './program.ts';

const dueAtOnce = 2_000;
/** Beside them: Webex refuses these, and the space is told of each. More of them at once would be held for an hour, as a fault of ours may look like that. */
const revoked = 4;
const replicaCount = 4;
const fewestKills = 6;
/** Then Webex has all four for what is left, however slow the machine is. */
const mostKills = 12;
/** An answer that has left Webex is saved while its refresh has its lease, on a busy machine too, or its process was killed before. */
const savedWithinMs = 20_000;
/** So long after the end of its process a request may still wait to be read by a Webex that is busy with those of the others. */
const readWithinMs = 10_000;
/** Started, refreshed, and tried again after half a minute where Webex failed: about 100 s on two quiet cores, and more on busy ones. */
const patience = 420_000;

const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));
const sealer = createSealer([{ id: 'test', key: encryptionKey }]);

interface Kill {
  atMs: number;
  endedAtMs: number;
}

describe('four replicas that are killed at random', () => {
  it('refresh 2,000 grants that fall due at once, each by one at a time, and lose none', {
    timeout: patience,
  }, async () => {
    process.stderr.write(`replicas.test.ts: TEST_SEED=${seed} repeats this run\n`);
    const home = await openPremises();
    onTestFinished(() => home.close());
    const { ada, store } = home;
    const database = await openDatabase({ url: store.url, dataDir: store.dataDir, queues });
    onTestFinished(() => database.close());
    const { db } = database;
    const faults = faultsOf(home);
    const space = home.room('direct');
    await faults.switches({ refreshToken: 'replaced', refreshRenews: 'always', oldAccessToken: 'survives' });
    const granted = await faults.grantMany(dueAtOnce + revoked);
    for (const { administrator } of granted.slice(dueAtOnce)) await faults.person(administrator.email, 'revoke');

    const replicas = await Promise.all(Array.from({ length: replicaCount }, () => home.replica()));
    // A loss whose job died with its process is told by the next look for deadlines.
    const env = { REFRESH_SCHEDULE: '*/2 * * * * *', EXPIRY_SCHEDULE: '*/5 * * * * *' };
    await Promise.all(replicas.map(({ start }) => start(env)));
    // Whose direct space it is, is known once its person has written there, as whoever has organizations there did.
    await askedLast(ada, space);
    await faults.latency(50);
    const fault = { method: 'POST', route: '/access_token', share: 0.05 / 4, times: 100_000 } as const;
    await faults.plan({ ...fault, seed, kind: 'status', status: 503 });
    await faults.plan({ ...fault, seed: seed + 1, kind: 'status', status: 429, retryAfterSeconds: 1 });
    await faults.plan({ ...fault, seed: seed + 2, kind: 'reset' });
    await faults.plan({ ...fault, seed: seed + 3, kind: 'reset', lost: 'answer' });
    await fallDue(db, granted, { roomId: space });

    const isAsked = async () => (await faults.refreshes()).length === dueAtOnce;
    const kills = await killAtRandom(replicas, env, isAsked);
    // What has failed is tried again after half a minute: a second failure would only make that a minute and a half.
    await faults.forget();
    await vi.waitFor(
      async () => expect(await stillOpen(db)).toEqual({ due: 0, transactions: 0, untold: 0, notices: 0 }),
      {
        timeout: 300_000,
        interval: 500,
      },
    );
    await Promise.all(replicas.map(({ stop }) => stop()));

    const seen = new Map((await faults.refreshes()).map((grant) => [grant.by, grant]));
    const tokens = await storedTokens(db);
    const journal = await journaled(db);
    const due = granted.slice(0, dueAtOnce);
    const killed: WatchedRefresh[] = [];
    for (const { administrator, organization } of due) {
      const name = organization.displayName;
      const { mostAtOnce, refreshes: made } = seen.get(administrator.email) ?? { mostAtOnce: 0, refreshes: [] };
      expect(mostAtOnce, `requests of ${name} at the same time`).toBe(1);
      const last = made.at(-1);
      const stored = tokens.get(administrator.email);
      expect(stored, `the stored refresh token of ${name}`).toMatchObject({ refreshTokenHash: last?.refreshTokenHash });
      expect(journal.get(name), `the journal of ${name}`).toEqual([last?.refreshTokenHash.slice(0, 12)]);
      // Each one more than the journal knows is an answer that Webex's side lost, or whose process was killed.
      for (const one of made.slice(0, -1).filter(({ answered }) => answered)) {
        const atMs = Date.parse(one.at);
        const fits = (kill: Kill) => kill.atMs - savedWithinMs <= atMs && atMs <= kill.endedAtMs + readWithinMs;
        expect(kills.some(fits), `a refresh of ${name} at ${one.at} that nobody knows of`).toBe(true);
        killed.push(one);
      }
    }
    await areTaken(home.simulator.apiUrl, [...tokens.values()]);
    expect(tokens.size).toBe(dueAtOnce);

    // One transaction for each, whoever died in the middle of it. By night, syncs have theirs beside them.
    const ended = await db
      .select({ status: transactions.status, count: count() })
      .from(transactions)
      .where(eq(transactions.action, 'refresh'))
      .groupBy(transactions.status);
    expect(ended.sort((a, b) => b.count - a.count)).toEqual([
      { status: 'success', count: dueAtOnce },
      { status: 'fail', count: revoked },
    ]);
    const said = (await saidByBot(home, ada, space)).map(({ markdown }) => markdown ?? '');
    // Those that were lost together are told together: each is counted in one message, and named in no other.
    expect(said.map(lossesIn).reduce((sum, losses) => sum + losses, 0)).toBe(revoked);
    for (const { organization } of granted.slice(dueAtOnce)) {
      const naming = said.filter((text) => text.includes(`**${organization.displayName}`));
      expect(naming.length, organization.displayName).toBeLessThanOrEqual(1);
    }
    expect(new Set(said).size).toBe(said.length);
    process.stderr.write(
      `replicas.test.ts: ${kills.length} kills, ${killed.length} answers in the memory of the killed\n`,
    );
  });
});

/** How many lost connections a message tells of. */
function lossesIn(text: string): number {
  const [, many] = /(\d+) connections are lost/.exec(text) ?? [];
  if (many !== undefined) return Number(many);
  return text.includes('has lost its connection') ? 1 : 0;
}

/** Kills one replica after the other and starts each again a while later, until `isOver`; then all of them run. Two at least always do. */
async function killAtRandom(
  replicas: readonly ProgramProcess[],
  env: Record<string, string>,
  isOver: () => Promise<boolean>,
): Promise<Kill[]> {
  const random = seededRandom(seed);
  const kills: Kill[] = [];
  const running = new Set(replicas);
  const restarts: Promise<void>[] = [];
  while (kills.length < fewestKills || !(await isOver())) {
    await sleep(300 + random() * 1_200);
    const alive = [...running];
    const victim = alive[Math.floor(random() * alive.length)];
    const pauseMs = random() * 1_000;
    if (!victim || alive.length <= 2 || kills.length === mostKills) continue;
    running.delete(victim);
    const atMs = Date.now();
    await victim.kill();
    kills.push({ atMs, endedAtMs: Date.now() });
    restarts.push(
      sleep(pauseMs)
        .then(() => victim.start(env))
        .then(() => void running.add(victim)),
    );
  }
  await Promise.all(restarts);
  return kills;
}

async function stillOpen(db: Db): Promise<Record<'due' | 'transactions' | 'untold' | 'notices', number>> {
  const now = new Date();
  const [due] = await db
    .select({ count: count() })
    .from(connections)
    .where(
      and(
        ne(connections.state, 'lost'),
        sql`not (${and(eq(connections.state, 'connected'), gt(connections.refreshDueAt, now))})`,
      ),
    );
  const [open] = await db.select({ count: count() }).from(transactions).where(isNull(transactions.completedAt));
  const [untold] = await db
    .select({ count: count() })
    .from(connections)
    .where(and(eq(connections.state, 'lost'), isNull(connections.lostNotifiedAt)));
  const [owed] = await db.select({ count: count() }).from(notices).where(isNull(notices.deliveredAt));
  return {
    due: due?.count ?? 0,
    transactions: open?.count ?? 0,
    untold: untold?.count ?? 0,
    notices: owed?.count ?? 0,
  };
}

/** Of every connected organization, by the e-mail of its administrator. */
async function storedTokens(db: Db): Promise<Map<string, { accessToken: string; refreshTokenHash: string }>> {
  const stored = await db.select().from(connections).where(eq(connections.state, 'connected'));
  return new Map(
    stored.map(({ organizationId, authorizedEmail, accessToken, refreshToken }) => [
      authorizedEmail ?? organizationId,
      {
        accessToken: sealer.open(accessToken ?? '', tokenPlace('access_token', organizationId)),
        refreshTokenHash: createHash('sha256')
          .update(sealer.open(refreshToken ?? '', tokenPlace('refresh_token', organizationId)))
          .digest('hex'),
      },
    ]),
  );
}

/** The fingerprints of the refresh tokens that refreshes brought, by organization. */
async function journaled(db: Db): Promise<Map<string, string[]>> {
  const entries = await db
    .select({ name: organizations.name, fingerprint: refreshes.refreshTokenFingerprint })
    .from(refreshes)
    .innerJoin(organizations, eq(organizations.id, refreshes.organizationId))
    .where(eq(refreshes.outcome, 'renewed'));
  const byName = new Map<string, string[]>();
  for (const { name, fingerprint } of entries) byName.set(name, [...(byName.get(name) ?? []), fingerprint]);
  return byName;
}

/** Webex takes each of the access tokens. */
async function areTaken(apiUrl: string, tokens: readonly { accessToken: string }[]): Promise<void> {
  const left = [...tokens];
  const lane = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const answer = await fetch(`${apiUrl}/people/me`, { headers: { authorization: `Bearer ${next.accessToken}` } });
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 20 }, lane));
}
