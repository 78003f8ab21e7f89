// The audit is one chain, whoever appends to it at once; what was altered, removed, added or swapped is found, and the first such row is named.
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit, appendAudits } from '../../src/audit/append-audit.ts';
import { auditChain, auditEntries } from '../../src/audit/audit.schema.ts';
import { type AuditInput, changedFields } from '../../src/audit/audit-entry.ts';
import { verifyAudit } from '../../src/audit/verify-audit.ts';
import { addConnectLinks, findConnectLink } from '../../src/connections/connect/link.store.ts';
import { revokeLinks } from '../../src/connections/connect/revoke-links.ts';
import { type Db, rows } from '../../src/db/database.ts';
import { rotateKeys } from '../../src/db/seal/rotate-keys.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { bindSealer } from '../../src/db/store-sealer.ts';
import { encryptionKey, openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.delete(auditEntries);
  await store.db.delete(auditChain);
});

const ada = { personId: 'person-ada', email: 'ada@meridian.example' };
const anEntry = (values: Partial<AuditInput> = {}): AuditInput => ({
  act: 'organization.edited',
  by: ada,
  roomId: 'room-operations',
  organizationId: randomUUID().toUpperCase(),
  organizationName: 'Acme Robotics',
  before: { name: 'Acme', http_proxy: null },
  after: { name: 'Acme Robotics', http_proxy: 'changed' },
  now,
  ...values,
});

const append = (...entries: AuditInput[]) => store.db.transaction((tx) => appendAudits(tx, entries));
const chainOf = (count: number) =>
  append(...Array.from({ length: count }, (_, index) => anEntry({ person: `${index}` })));
const written = () => store.db.select().from(auditEntries).orderBy(auditEntries.sequence);

/** What a check says after `tamper`; nothing of it stays. */
async function verdictAfter(tamper: (tx: Db) => Promise<unknown>) {
  const undo = new Error('undo');
  let verdict: Awaited<ReturnType<typeof verifyAudit>> | undefined;
  const tampered = store.db.transaction(async (tx) => {
    await tamper(tx);
    verdict = await verifyAudit(tx);
    throw undo;
  });
  await expect(tampered).rejects.toBe(undo);
  return verdict;
}

const run = (text: string) => (tx: Db) => tx.execute(sql.raw(text));

describe('the chain of the audit', () => {
  it('is whole where nothing was ever written, and where all is as it was written', async () => {
    expect(await verifyAudit(store.db)).toEqual({ isWhole: true, sequence: 0, hash: '' });
    await append(anEntry());
    await append(
      anEntry({ by: 'hubkeeper', roomId: null, organizationId: null, organizationName: null, before: null }),
    );
    await append(anEntry({ customerId: randomUUID(), person: 'bob@meridian.example' }));
    const all = await written();
    expect(all.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(all[1]).toMatchObject({ byPersonId: null, byEmail: null, roomId: null, before: null });
    expect(await verifyAudit(store.db)).toEqual({ isWhole: true, sequence: 3, hash: all[2]?.hash });
  });

  it('takes any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.dictionary(fc.string(), fc.jsonValue()),
        async (text, after) => {
          await append(anEntry({ organizationName: text, person: `\0${text}\ud800`, after: { ...after, text } }));
          expect(await verifyAudit(store.db)).toMatchObject({ isWhole: true });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is appended together with the change, or neither is', async () => {
    await chainOf(1);
    const failed = store.db.transaction(async (tx) => {
      await appendAudit(tx, anEntry());
      throw new Error('the change failed');
    });
    await expect(failed).rejects.toThrow('the change failed');
    await store.db.transaction(async (tx) => {
      const inner = tx.transaction(async (nested) => {
        await appendAudit(nested, anEntry());
        throw new Error('a part of the change failed');
      });
      await expect(inner).rejects.toThrow('a part of the change failed');
      await tx.transaction((nested) => appendAudit(nested, anEntry({ person: 'kept' })));
    });
    expect((await written()).map(({ person }) => person)).toEqual(['0', 'kept']);
    expect(await verifyAudit(store.db)).toMatchObject({ isWhole: true, sequence: 2 });
  });

  it('keeps a change back that it cannot be appended for', async () => {
    await chainOf(1);
    const { id: organizationId } = await anOrganization(store.db);
    const link = { id: randomUUID(), organizationId, tokenHash: organizationId, stateHash: organizationId };
    const open = { codeVerifier: null, scopes: [], askedBy: ada.email, roomId: 'room', createdAt: now };
    await addConnectLinks(store.db, [{ ...link, ...open, parentMessageId: null, expiresAt: at('13:00:00') }]);
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const revoke = () => revokeLinks({ db: store.db, clock }, { organizationId, by: ada, roomId: 'room' });
    const [{ key } = { key: '' }] = await store.db.select().from(auditChain);
    await store.db.update(auditChain).set({ key: 'v1.test.AAAA' });
    await expect(revoke()).rejects.toThrow(/does not open/);
    expect((await findConnectLink(store.db, link.id))?.endedAt).toBeNull();
    await store.db.update(auditChain).set({ key });
    expect(await revoke()).toBe(1);
    expect((await written()).map(({ act }) => act)).toEqual(['organization.edited', 'connect_link.revoked']);
  });

  it('is one chain however many append at once, the first of all included', async () => {
    const appended = Array.from({ length: 40 }, (_, index) =>
      store.db
        .transaction(async (tx) => {
          await appendAudits(tx, [anEntry({ person: `${index} a` }), anEntry({ person: `${index} b` })]);
          if (index % 4 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined),
    );
    const checks = Array.from({ length: 5 }, () => verifyAudit(store.db));
    for (const check of checks) expect(await check).toMatchObject({ isWhole: true });
    await Promise.all(appended);
    const all = await written();
    expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(new Set(all.map(({ person }) => person)).size).toBe(60);
    expect(await verifyAudit(store.db)).toMatchObject({ isWhole: true, sequence: 60 });
  });

  it('takes thousands of entries at once', async () => {
    await chainOf(2_500);
    await chainOf(1);
    expect(await verifyAudit(store.db)).toMatchObject({ isWhole: true, sequence: 2_501 });
    expect(await verdictAfter(run('delete from audit_entries where sequence = 2400'))).toMatchObject({
      sequence: 2400,
    });
  });
});

const columns = [
  ...['act', 'by_person_id', 'by_email', 'room_id', 'organization_name', 'person', 'before', 'after', 'hash'].map(
    (column) => [column, `${column} = ${column} || ' '`] as const,
  ),
  ['at', "at = at + interval '1 millisecond'"],
  ['organization_id', `organization_id = '${randomUUID()}'`],
  ['customer_id', `customer_id = '${randomUUID()}'`],
] as const;

describe('a check of the audit', () => {
  const found = (sequence: number, brokenBy: string) => ({ isWhole: false, sequence, brokenBy });

  it.each(columns)('finds an altered %s', async (_column, change) => {
    await chainOf(5);
    expect(await verdictAfter(run(`update audit_entries set ${change} where sequence = 3`))).toEqual(
      found(3, 'altered'),
    );
  });

  it.each([
    ['the first entry removed', 'delete from audit_entries where sequence = 1', 1, 'missing'],
    ['one in the middle removed', 'delete from audit_entries where sequence = 3', 3, 'missing'],
    ['the last removed', 'delete from audit_entries where sequence = 5', 5, 'missing'],
    ['the last three removed', 'delete from audit_entries where sequence > 2', 3, 'missing'],
    ['all removed', 'delete from audit_entries', 1, 'missing'],
    [
      'the first removed and the others moved up',
      'delete from audit_entries where sequence = 1; update audit_entries set sequence = sequence - 1',
      1,
      'altered',
    ],
    [
      'one before the first',
      'insert into audit_entries (sequence, at, act, hash) values (0, now(), $$a.b$$, $$x$$)',
      0,
      'added',
    ],
    [
      'one behind the last',
      'insert into audit_entries (sequence, at, act, hash) values (6, now(), $$a.b$$, $$x$$)',
      6,
      'added',
    ],
    [
      'one far behind',
      'insert into audit_entries (sequence, at, act, hash) values (60, now(), $$a.b$$, $$x$$)',
      60,
      'added',
    ],
    [
      'the end set back to an earlier entry',
      'delete from audit_entries where sequence > 3; update audit_chain set sequence = 3, hash = (select hash from audit_entries where sequence = 3)',
      4,
      'end',
    ],
    [
      'the end alone set back',
      'update audit_chain set sequence = 3, hash = (select hash from audit_entries where sequence = 3)',
      4,
      'end',
    ],
    ['the end set forward', 'update audit_chain set sequence = 7', 6, 'missing'],
    ['an altered end', 'update audit_chain set hash = proof', 6, 'end'],
    ['an end whose proof is gone', "update audit_chain set proof = ''", 6, 'end'],
    ['the end removed', 'delete from audit_chain', 1, 'key'],
    [
      'everything but an empty chain removed',
      "delete from audit_entries; update audit_chain set sequence = 0, hash = ''",
      1,
      'end',
    ],
    ['another key', "update audit_chain set key = 'v1.test.AAAA'", 1, 'key'],
    ['another identity', `update audit_chain set id = '${randomUUID()}'`, 1, 'key'],
  ])('finds %s', async (_what, statements, sequence, brokenBy) => {
    await chainOf(5);
    const tamper = async (tx: Db) => {
      for (const statement of statements.split(';')) await run(statement)(tx);
    };
    expect(await verdictAfter(tamper)).toEqual(found(sequence, brokenBy));
  });

  it('finds a chain made anew: its entries are of another key', async () => {
    await chainOf(5);
    const tamper = async (tx: Db) => {
      const kept = await tx.select().from(auditEntries);
      await tx.delete(auditChain);
      await tx.delete(auditEntries);
      await appendAudit(tx, anEntry());
      await tx.insert(auditEntries).values(kept.filter(({ sequence }) => sequence > 1));
      await tx.update(auditChain).set({ sequence: 5, hash: kept[4]?.hash ?? '' });
    };
    expect(await verdictAfter(tamper)).toEqual(found(2, 'altered'));
  });

  it('finds what was removed together with the mark of the end by an end that was noted elsewhere', async () => {
    await chainOf(5);
    const knownHead = await verifyAudit(store.db);
    if (!knownHead.isWhole) throw new Error('it is whole');
    expect(await verifyAudit(store.db, { knownHead })).toMatchObject({ isWhole: true });
    await chainOf(2);
    expect(await verifyAudit(store.db, { knownHead })).toMatchObject({ isWhole: true, sequence: 7 });
    await store.db.delete(auditEntries);
    await store.db.delete(auditChain);
    expect(await verifyAudit(store.db, { knownHead })).toEqual(found(1, 'missing'));
    await chainOf(2);
    expect(await verifyAudit(store.db, { knownHead })).toEqual(found(3, 'missing'));
    await chainOf(4);
    expect(await verifyAudit(store.db, { knownHead })).toEqual(found(5, 'altered'));
  });

  it('goes on behind entries whose chain was removed, and a check names the first of them', async () => {
    await chainOf(3);
    await store.db.delete(auditChain);
    await chainOf(1);
    expect((await written()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(await verifyAudit(store.db)).toEqual(found(1, 'altered'));
  });

  it('names the first row that differs, whatever was done to the rows', async () => {
    const count = 8;
    await chainOf(count);
    const row = fc.integer({ min: 1, max: count });
    const act = fc.oneof(
      fc.record({ what: fc.constant('remove' as const), row }),
      fc.record({ what: fc.constant('alter' as const), row, text: fc.string({ minLength: 1 }) }),
      fc.record({ what: fc.constant('swap' as const), row, other: row }),
      fc.record({ what: fc.constant('copy' as const), row, other: row }),
      fc.record({ what: fc.constant('insert' as const), row, other: row }),
    );
    const whole = await written();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 4 }), async (acts) => {
        const rest = whole.map((entry) => ({ ...entry }));
        for (const one of acts) {
          const at = rest.findIndex(({ sequence }) => sequence === one.row);
          const here = rest[at];
          if (!here) continue;
          if (one.what === 'remove') rest.splice(at, 1);
          if (one.what === 'alter') rest[at] = { ...here, person: `${here.person}${one.text.replaceAll('\0', '')}` };
          if (!('other' in one)) continue;
          const to = rest.findIndex(({ sequence }) => sequence === one.other);
          const there = rest[to];
          if (!there) continue;
          if (one.what !== 'insert') rest[to] = { ...here, sequence: there.sequence };
          if (one.what === 'swap') rest[at] = { ...there, sequence: here.sequence };
          // An entry of an earlier place moves in here, and pushes those behind it on.
          if (one.what === 'insert') {
            for (const entry of rest) if (entry.sequence >= there.sequence) entry.sequence += 1;
            rest.splice(to, 0, { ...here, sequence: there.sequence - 1 });
          }
        }
        const differs = (sequence: number) => {
          const [is, was] = [rest, whole].map((all) => all.find((entry) => entry.sequence === sequence));
          return JSON.stringify(is) !== JSON.stringify(was);
        };
        const numbers = new Set([...rest, ...whole].map(({ sequence }) => sequence));
        const first = [...numbers].toSorted((a, b) => a - b).find(differs);
        const verdict = await verdictAfter(async (tx) => {
          await tx.delete(auditEntries);
          if (rest.length > 0) await tx.insert(auditEntries).values(rest);
        });
        expect(verdict?.isWhole === false ? verdict.sequence : undefined).toBe(first);
      }),
      { numRuns: 60 },
    );
  });

  it('needs the key that ENCRYPTION_KEYS seals, and outlives its rotation', async () => {
    await chainOf(3);
    const [old, fresh] = [
      { id: 'test', key: encryptionKey },
      { id: 'fresh', key: randomBytes(32) },
    ];
    const withKeys = async (keys: (typeof old)[], work: () => Promise<void>) => {
      bindSealer(store.db, createSealer(keys));
      await work().finally(() => bindSealer(store.db, createSealer([old])));
    };
    await withKeys([fresh], async () => expect(await verifyAudit(store.db)).toEqual(found(1, 'key')));
    await withKeys([fresh, old], async () => {
      await rotateKeys({ db: store.db, keys: [fresh, old], progress: () => {}, pause: async () => {} });
      await chainOf(1);
    });
    await withKeys([fresh], async () => {
      await chainOf(1);
      expect(await verifyAudit(store.db)).toMatchObject({ isWhole: true, sequence: 5 });
    });
    const [{ key } = { key: '' }] = await rows<{ key: string }>(store.db, sql`select key from audit_chain`);
    expect(key).toMatch(/^v1\.fresh\./);
  });
});

it('an entry tells which fields changed, and of secrets no more than that', () => {
  const before = { name: 'Acme', notes: null as string | null, http_proxy: 'http://a' as string | null, sync: true };
  expect(changedFields(before, { name: 'Acme Robotics', notes: null, sync: true })).toEqual({
    before: { name: 'Acme' },
    after: { name: 'Acme Robotics' },
  });
  const secrets = { secrets: ['http_proxy'] as const };
  expect(changedFields(before, { http_proxy: 'http://b' }, secrets)).toEqual({
    before: { http_proxy: 'changed' },
    after: { http_proxy: 'changed' },
  });
  expect(changedFields(before, { http_proxy: null }, secrets)).toEqual({
    before: { http_proxy: 'changed' },
    after: { http_proxy: null },
  });
});
