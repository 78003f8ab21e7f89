// Proofs of life are claimed: whoever is first asks, and what was asked of a grant that is no more is not saved.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findConnection, saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import type { Due } from '../../src/connections/due.store.ts';
import {
  claimProbe,
  dueProbes,
  probeAgain,
  rescheduleProbe,
  saveProbe,
} from '../../src/connections/probe/probe.store.ts';
import { addNotice, beginDelivery, claimUnbegun } from '../../src/notices/notice.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations, notices cascade`));

async function aConnection(values: Partial<typeof connections.$inferInsert> = {}): Promise<string> {
  const { id } = await anOrganization(store.db);
  await store.db.insert(connections).values({ ...aGrant(id), probeDueAt: now, ...values });
  return id;
}

const later = at('12:15:00');

describe('a probe that is due', () => {
  it('is claimed by one of many that try at once', async () => {
    const organizationId = await aConnection();
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claimProbe(store.db, { organizationId, now, until: later })),
    );
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it.each<[string, Partial<typeof connections.$inferInsert>]>([
    ['not due yet', { probeDueAt: at('12:00:01') }],
    ['lost', { state: 'lost' }],
  ])('is not claimed where the connection is %s', async (_case, values) => {
    const organizationId = await aConnection(values);
    expect(await claimProbe(store.db, { organizationId, now, until: later })).toBeUndefined();
    expect(await dueProbes(store.db, { now, after: undefined, limit: 10 })).toEqual([]);
  });

  it('comes again where nothing was saved', async () => {
    const organizationId = await aConnection();
    await claimProbe(store.db, { organizationId, now, until: later });
    expect(await claimProbe(store.db, { organizationId, now: later, until: at('12:30:00') })).toBeDefined();
  });

  it('is due again at once where the record was changed, and what was asked for the old one counts no more', async () => {
    const organizationId = await aConnection();
    await claimProbe(store.db, { organizationId, now, until: later });
    await probeAgain(store.db, organizationId, now);
    const found = { probedAt: now, findings: [], probeDueAt: at('18:00:00') };
    expect(await saveProbe(store.db, { organizationId, until: later }, found)).toBe(false);
    expect(await claimProbe(store.db, { organizationId, now, until: later })).toBeDefined();
  });

  it('is listed once over all batches, the longest due first', async () => {
    const ids = [];
    for (const time of ['11:00:00', '11:30:00', '11:30:00', '11:59:00']) {
      ids.push(await aConnection({ probeDueAt: at(time) }));
    }
    const seen: string[] = [];
    let last: Due | undefined;
    for (let looks = 0; looks < 3; looks++) {
      const due = await dueProbes(store.db, { now, after: last, limit: 2 });
      seen.push(...due.map(({ organizationId }) => organizationId));
      last = due.at(-1) ?? last;
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen)).toEqual(new Set(ids));
    expect([seen[0], seen[3]]).toEqual([ids[0], ids[3]]);
  });
});

describe('what a probe found', () => {
  const result = { probedAt: now, findings: [{ kind: 'organization_gone' as const }], probeDueAt: at('13:00:00') };

  it('is saved with the next time', async () => {
    const organizationId = await aConnection();
    await claimProbe(store.db, { organizationId, now, until: later });
    expect(await saveProbe(store.db, { organizationId, until: later }, result)).toBe(true);
    expect(await findConnection(store.db, organizationId)).toMatchObject(result);
  });

  it('is not saved on a grant that came meanwhile, which is due for a proof of its own', async () => {
    const organizationId = await aConnection();
    await claimProbe(store.db, { organizationId, now, until: later });
    await saveConnection(store.db, { ...aGrant(organizationId), connectedAt: at('12:00:05') }, defaultSettings);
    expect(await saveProbe(store.db, { organizationId, until: later }, result)).toBe(false);
    expect(await rescheduleProbe(store.db, { organizationId, until: later }, at('13:00:00'))).toBe(false);
    expect(await findConnection(store.db, organizationId)).toMatchObject({
      probedAt: null,
      findings: [],
      probeDueAt: at('12:00:05'),
    });
  });
});

describe('notices that nobody has begun to post', () => {
  it('are taken once, those of the space and kind alone', async () => {
    const notice = (key: string, values: object = {}) => ({
      id: crypto.randomUUID(),
      key,
      kind: 'findings',
      roomId: 'room-operations',
      payload: {},
      createdAt: now,
      ...values,
    });
    const begun = notice('begun');
    for (const row of [
      notice('second', { createdAt: at('12:00:02') }),
      notice('first'),
      begun,
      notice('of another space', { roomId: 'room-other' }),
      notice('of another kind', { kind: 'greeting' }),
    ]) {
      await addNotice(store.db, row);
    }
    await beginDelivery(store.db, { id: begun.id, attempts: 0, lookupSince: now, lookupHash: 'hash' });
    const of = { roomId: 'room-operations', kind: 'findings' } as const;
    expect((await claimUnbegun(store.db, of)).map(({ key }) => key)).toEqual(['first', 'second']);
    expect(await claimUnbegun(store.db, of)).toEqual([]);
  });
});
