// Runs through people's calling behaviour: whatever is cut off where, no old value is lost, and each person is set and put back once.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callingPeople } from '../../src/directory/calling/calling.schema.ts';
import {
  addRun,
  type CallingRun,
  countToLookAt,
  findRun,
  saveReached,
} from '../../src/directory/calling/calling.store.ts';
import { eraseBefore, saveFound } from '../../src/directory/calling/calling-people.store.ts';
import { noCounts } from '../../src/directory/calling/calling-rules.ts';
import { nextBatch } from '../../src/directory/calling/go-on.ts';
import { directoryPeople } from '../../src/directory/directory.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { createTransaction } from '../../src/transactions/transaction.store.ts';
import type { WebexClient } from '../../src/webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../src/webex/errors.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { anOrganization } from './rows.ts';

const unifiedCm = 'NATIVE_SIP_CALL_TO_UCM';
const jabber = 'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL';
const webexApp = 'NATIVE_WEBEX_TEAMS_CALLING';
const day = 86_400_000;

let store: Awaited<ReturnType<typeof openTestDatabase>>;
let organizationId: string;
let now: Date;
/** What Webex has of each person; of whom it has nothing, it tells nothing. */
let atWebex: Map<string, { behaviorType: string | null; profileId: string | null }>;
let puts: string[];
/** Called before each change; what it throws is thrown behind it. */
let onPut: (personId: string) => Error | undefined;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.delete(organizations);
  organizationId = (await anOrganization(store.db, { default_calling_behaviour: 'Calling in Webex App (Unified CM)' }))
    .id;
  now = new Date('2026-11-23T12:00:00Z');
  atWebex = new Map();
  puts = [];
  onPut = () => undefined;
});

const refused = (method: string, status: number) =>
  new WebexRefused('refused', { code: `http_${status}`, route: `${method} /people`, status });
/** `before`: Webex has not seen it. */
const cutOff = (where = 'behind') =>
  new WebexUnavailable(`cut off ${where}`, { reason: 'network', route: 'PUT /people' });

const webex = {
  async get(_route: string, { params }: { params: { personId: string } }) {
    const found = atWebex.get(params.personId);
    if (!found) throw refused('GET', 404);
    return { ...found, profileId: found.profileId ?? undefined, effectiveBehaviorType: found.behaviorType ?? webexApp };
  },
  async replace(_route: string, { params, body }: { params: { personId: string }; body: never }) {
    const failure = onPut(params.personId);
    if (failure instanceof WebexRefused || failure?.message === 'cut off before') throw failure;
    puts.push(params.personId);
    atWebex.set(params.personId, body);
    if (failure) throw failure;
  },
} as unknown as WebexClient;

async function people(behaviours: Record<string, string | null | undefined>): Promise<void> {
  const rows = Object.keys(behaviours).map((webexId) => ({
    ...{ organizationId, webexId, name: webexId, licenseIds: [], locationId: null, modifiedAt: now },
    ...{ invitePending: false, loginEnabled: true },
  }));
  await store.db.insert(directoryPeople).values(rows).onConflictDoNothing();
  for (const [webexId, behaviorType] of Object.entries(behaviours)) {
    if (behaviorType !== undefined) atWebex.set(webexId, { behaviorType, profileId: null });
  }
}

async function begin(
  mode: CallingRun['mode'],
  { wanted = unifiedCm, overwrites = false }: { wanted?: string; overwrites?: boolean } = {},
): Promise<number> {
  const transactionId = await createTransaction(store.db, {
    ...{ action: 'calling_behaviour', organizationId, organizationName: 'Acme', requestedBy: 'ada@meridian.example' },
    ...{ roomId: 'room', parentMessageId: null, submittedAt: now, steps: ['apply_calling'] },
  });
  const its = { mode, wanted: mode === 'undo' ? null : wanted, overwrites };
  const total = await countToLookAt(store.db, { organizationId, now, ...its });
  await addRun(store.db, { transactionId, ...its, total, counts: noCounts });
  return transactionId;
}

/** Takes batches until nobody is left; `saves`: not where the process died before. */
async function goOn(transactionId: number, { saves = true } = {}): Promise<CallingRun> {
  for (;;) {
    const run = (await findRun(store.db, transactionId)) as CallingRun;
    const clock = { now: () => now, sleep: async () => undefined };
    const batch = await nextBatch({ db: store.db, clock, webex, run, organizationId, webexOrgId: 'org' });
    if (!saves) return run;
    await store.db.transaction(async (tx) => {
      await saveFound(tx, batch.found, { organizationId, mode: run.mode, wanted: run.wanted });
      await saveReached(tx, { transactionId, reached: batch.reached, counts: batch.counts });
    });
    if (batch.isLast) return (await findRun(store.db, transactionId)) as CallingRun;
  }
}

const run = async (...asked: Parameters<typeof begin>) => (await goOn(await begin(...asked))).counts;
const behaviours = () => Object.fromEntries([...atWebex].map(([id, { behaviorType }]) => [id, behaviorType]));

describe('a look', () => {
  it('counts, and changes nothing; what it found is what is applied', async () => {
    await people({ a: null, b: unifiedCm, c: jabber, d: undefined });
    expect(await run('look')).toEqual({ ...noCounts, differs: 1, same: 1, own: 1, unreadable: 1 });
    expect(puts).toEqual([]);
    const apply = await begin('apply');
    expect((await findRun(store.db, apply))?.total).toBe(1);
    expect((await goOn(apply)).counts).toEqual({ ...noCounts, written: 1 });
    expect(behaviours()).toEqual({ a: unifiedCm, b: unifiedCm, c: jabber });
    expect(await run('apply', { overwrites: true })).toEqual({ ...noCounts, written: 1 });
    expect(behaviours()['c']).toBe(unifiedCm);
  });

  it('goes through more people than a batch has, in order, each once', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`p${index}`, null]));
    await people(many);
    expect(await run('look')).toEqual({ ...noCounts, differs: 300 });
    expect(await run('apply')).toEqual({ ...noCounts, written: 300 });
    expect(new Set(puts).size).toBe(300);
    expect(puts).toHaveLength(300);
  });

  it('is refused as a whole where the first person is, and of one person alone later', async () => {
    await people({ a: null });
    await run('look');
    onPut = () => refused('PUT', 403);
    await expect(run('apply')).rejects.toThrow(WebexRefused);
    const undo = { organizationId, mode: 'undo' as const, wanted: null, overwrites: false, now };
    expect(await countToLookAt(store.db, undo)).toBe(0);
    onPut = () => refused('PUT', 400);
    expect(await run('apply')).toEqual({ ...noCounts, refused: 1 });
    const [row] = await store.db.select().from(callingPeople);
    expect(row?.setType).toBeNull();
  });
});

describe('a person whom Webex refuses', () => {
  it.each([
    ['among the first', 'p00', ['p05'], { written: 19, refused: 1 }],
    ['behind some', 'p00', ['p15', 'p16'], { written: 18, refused: 2 }],
  ])('%s is counted, and the others are set', async (_, first, ids, counts) => {
    await people(
      Object.fromEntries([...Array(20).keys()].map((index) => [`p${String(index).padStart(2, '0')}`, null])),
    );
    await run('look');
    onPut = (id) => (ids.includes(id) ? refused('PUT', 403) : undefined);
    expect(await run('apply')).toEqual({ ...noCounts, ...counts });
    expect(behaviours()[first]).toBe(unifiedCm);
  });

  it('costs nothing of what was set before, where it is everybody from then on', async () => {
    await people(
      Object.fromEntries([...Array(20).keys()].map((index) => [`p${String(index).padStart(2, '0')}`, null])),
    );
    await run('look');
    const apply = await begin('apply');
    onPut = (id) => (id > 'p07' ? refused('PUT', 401) : undefined);
    await expect(goOn(apply)).rejects.toThrow(WebexRefused);
    expect((await findRun(store.db, apply))?.counts).toEqual({ ...noCounts, written: 8 });
    onPut = () => undefined;
    expect(await run('apply')).toEqual({ ...noCounts, written: 12 });
    expect(await run('undo')).toEqual({ ...noCounts, written: 20 });
  });
});

describe('what was set', () => {
  it.each([
    ['before it was saved', () => cutOff()],
    ['in the middle', (id: string) => (id === 'c' ? cutOff() : undefined)],
  ])('is known after a run that was cut off %s, and goes back to what was there', async (_, fails) => {
    const before = { a: null, b: jabber, c: null, d: null };
    await people(before);
    await run('look');
    const apply = await begin('apply', { overwrites: true });
    onPut = fails;
    await expect(goOn(apply)).rejects.toThrow('cut off');
    onPut = () => undefined;
    expect((await goOn(apply)).counts).toEqual({ ...noCounts, written: 4 });
    expect(await run('undo')).toEqual({ ...noCounts, written: 4 });
    expect(behaviours()).toEqual(before);
  });

  it('is known where a process died between the changes and their batch, and where it died while it put them back', async () => {
    const before = { a: null, b: jabber };
    await people(before);
    await run('look');
    const apply = await begin('apply', { overwrites: true });
    await goOn(apply, { saves: false });
    expect((await goOn(apply)).counts).toEqual({ ...noCounts, written: 2 });
    const undo = await begin('undo');
    await goOn(undo, { saves: false });
    expect((await goOn(undo)).counts).toEqual({ ...noCounts, written: 2 });
    expect(behaviours()).toEqual(before);
    expect(puts).toHaveLength(4);
  });

  it('is ours until somebody changes it: another choice of the record replaces it, and an undo goes behind both', async () => {
    await people({ a: null, b: null });
    await run('look');
    await run('apply');
    atWebex.set('b', { behaviorType: webexApp, profileId: null });
    expect(await run('look', { wanted: jabber })).toEqual({ ...noCounts, differs: 1, own: 1 });
    expect(await run('apply', { wanted: jabber })).toEqual({ ...noCounts, written: 1 });
    expect(behaviours()).toEqual({ a: jabber, b: webexApp });
    expect(await run('undo')).toEqual({ ...noCounts, written: 1 });
    expect(behaviours()).toEqual({ a: null, b: webexApp });
  });

  it.each([
    ['is refused', (): Error => refused('PUT', 403)],
    ['is refused of a person alone', () => refused('PUT', 400)],
    ['is cut off', () => cutOff('before')],
  ])('stays ours where another choice of the record %s, and can be put back', async (_, failure) => {
    await people({ a: null });
    await run('look');
    await run('apply');
    await run('look', { wanted: jabber });
    onPut = failure;
    await run('apply', { wanted: jabber }).catch(() => undefined);
    expect(behaviours()).toEqual({ a: unifiedCm });
    onPut = () => undefined;
    expect(await run('look', { wanted: jabber })).toEqual({ ...noCounts, differs: 1 });
    expect(await run('undo')).toEqual({ ...noCounts, written: 1 });
    expect(behaviours()).toEqual({ a: null });
  });

  it.each([
    ['stays', false, { own: 1 }, webexApp],
    ['is overwritten where own choices are, and goes back', true, { written: 1 }, unifiedCm],
  ])('while a cut-off run waits a choice of the person %s', async (_, overwrites, counts, after) => {
    await people({ a: null });
    await run('look');
    const apply = await begin('apply', { overwrites });
    onPut = () => cutOff('before');
    await expect(goOn(apply)).rejects.toThrow('cut off');
    onPut = () => undefined;
    atWebex.set('a', { behaviorType: webexApp, profileId: null });
    expect((await goOn(apply)).counts).toEqual({ ...noCounts, ...counts });
    expect(behaviours()).toEqual({ a: after });
    await run('undo');
    expect(behaviours()).toEqual({ a: webexApp });
  });

  it('can be put back for 30 days, and stays ours', async () => {
    await people({ a: null });
    await run('look');
    await run('apply');
    now = new Date(now.getTime() + 31 * day);
    const scope = { organizationId, mode: 'undo' as const, wanted: null, overwrites: false, now };
    expect(await countToLookAt(store.db, scope)).toBe(0);
    const before = new Date(now.getTime() - 30 * day);
    expect(await eraseBefore(store.db, { before, limit: 10 })).toBe(1);
    expect(await eraseBefore(store.db, { before, limit: 10 })).toBe(0);
    expect(await run('look', { wanted: jabber })).toEqual({ ...noCounts, differs: 1 });
    // What was before us is erased: an undo goes back to what we had set.
    expect(await run('apply', { wanted: jabber })).toEqual({ ...noCounts, written: 1 });
    expect(await run('undo')).toEqual({ ...noCounts, written: 1 });
    expect(behaviours()).toEqual({ a: unifiedCm });
  });
});

describe('a sync', () => {
  it('sets it for those who are new, have changed, or whose record has another choice, and leaves alone what was undone', async () => {
    await people({ a: null, b: jabber, c: null });
    expect(await run('follow')).toEqual({ ...noCounts, written: 2, own: 1 });
    expect(await run('follow')).toEqual(noCounts);
    await people({ d: null });
    await changed('b');
    atWebex.set('b', { behaviorType: null, profileId: null });
    expect(await run('follow')).toEqual({ ...noCounts, written: 2 });
    await run('undo');
    for (const id of ['a', 'b', 'c', 'd']) await changed(id);
    expect(await run('follow')).toEqual(noCounts);
    // A look changes nothing of that, while its card can set it again.
    expect(await run('look')).toEqual({ ...noCounts, differs: 4 });
    expect(await run('follow')).toEqual(noCounts);
    expect(await run('apply')).toEqual({ ...noCounts, written: 4 });
    await run('undo');
    expect(await run('follow', { wanted: jabber })).toEqual({ ...noCounts, written: 4 });
  });
});

/** As a sync of people notes it. */
async function changed(webexId: string): Promise<void> {
  now = new Date(now.getTime() + day);
  await store.db.update(directoryPeople).set({ modifiedAt: now }).where(eq(directoryPeople.webexId, webexId));
}
