// A notice that reaches its space hours after it was owed says what is true then.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../src/chat/answer.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import type { Parts } from '../../src/parts.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { aGrant, anOrganization, now } from '../db/rows.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { rendererNamed } from '../helpers/registry.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations cascade`));

const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60_000);

async function connected(name: string, values: Partial<typeof connections.$inferInsert>): Promise<string> {
  const { id } = await anOrganization(store.db, { name });
  await saveConnection(store.db, aGrant(id), defaultSettings);
  const { refreshTokenExpiresAt = inDays(90) } = values;
  await store.db
    .update(connections)
    .set({ ...values, refreshTokenExpiresAt })
    .where(eq(connections.organizationId, id));
  return id;
}

async function read(notice: Notice): Promise<string> {
  // All that these renderers ask for.
  const deps = { db: store.db, clock: { now: () => now, sleep: async () => {} } } as Partial<Parts> as Parts;
  const place = { roomId: 'room-operations', parentMessageId: null };
  return ((await rendererNamed(notice.kind).render(deps, notice, place)) as Reply).markdown;
}

const several = (organizationIds: string[]) => ({ organizationIds, total: organizationIds.length });
const kinds: [string, (organizationIds: string[]) => Notice][] = [
  ['connections_lost', (ids) => ({ kind: 'connections_lost', ...several(ids) })],
  ['connections_failing', (ids) => ({ kind: 'connections_failing', ...several(ids) })],
  ['deadlines', (ids) => ({ kind: 'deadlines', ...several(ids), bands: [{ days: 30, count: ids.length }] })],
  ['escalation', (ids) => ({ kind: 'escalation', ...several(ids) })],
];

/** What each of those is about, as it was when it was owed. */
const asOwed: Record<string, Partial<typeof connections.$inferInsert>> = {
  connections_lost: { state: 'lost', stateReason: 'http_401' },
  connections_failing: { state: 'failing' },
  deadlines: { refreshTokenExpiresAt: inDays(30) },
  escalation: { refreshTokenExpiresAt: inDays(3) },
};

describe.each(kinds)('a late notice of %s', (kind, noticeOf) => {
  const asIs = asOwed[kind] ?? {};

  it('says of one that was mended meanwhile that it is well', async () => {
    const text = await read(noticeOf([await connected('Acme Robotics', {})]));
    expect(text).toMatch(/✅ \*\*Acme Robotics is well again/);
    expect(text).toContain('Connected, 90 days left');
  });

  it('says so of several', async () => {
    const ids = [await connected('Acme Robotics', {}), await connected('Borealis Foods', {})];
    expect(await read(noticeOf(ids))).toMatch(/✅ \*\*2 connections are well again/);
  });

  it('speaks of the one that is left as it does of a single one', async () => {
    const alone = await connected('Acme Robotics', asIs);
    const ids = [await connected('Borealis Foods', {}), alone];
    expect(await read(noticeOf(ids))).toBe(await read(noticeOf([alone])));
    expect(await read(noticeOf(ids))).toContain('Acme Robotics');
    expect(await read(noticeOf(ids))).not.toContain('Borealis');
  });

  it('leaves out those that were mended or deleted', async () => {
    const lasting = [await connected('Acme Robotics', asIs), await connected('Cobalt Health', asIs)];
    const deleted = '00000000-0000-4000-8000-000000000000';
    const text = await read(noticeOf([...lasting, await connected('Borealis Foods', {}), deleted]));
    expect(text).toMatch(/\*\*2 connections/);
    expect(text).toContain('Cobalt Health');
    expect(text).not.toContain('Borealis');
  });
});

describe('a late notice', () => {
  it('of a connection that cannot be refreshed says that it is lost, where it is by now', async () => {
    const id = await connected('Acme Robotics', { state: 'lost', stateReason: 'invalid_grant' });
    expect(await read({ kind: 'connections_failing', ...several([id]) })).toMatch(
      /Acme Robotics has lost its connection/,
    );
  });

  it('of a deadline says that it has passed, where it has', async () => {
    const id = await connected('Acme Robotics', { refreshTokenExpiresAt: inDays(-0.5) });
    const notice: Notice = { kind: 'deadlines', ...several([id]), bands: [{ days: 0, count: 1 }] };
    expect(await read(notice)).toMatch(/Acme Robotics has expired/);
  });

  it('of more than it names says of the others where they are found', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => connected(`Customer ${index}`, {})));
    const text = await read({ kind: 'connections_lost', organizationIds: ids, total: 200 });
    expect(text).toMatch(/10 connections are well again/);
    expect(text).toContain('190 more: type list.');
  });
});
