// A lost connection with a fall-back: who takes over, what is left alone where somebody was faster, and what becomes of it while Webex is away.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { fallBack, fallBackBroke } from '../../src/connections/fall-back/fall-back.ts';
import {
  FALL_BACK_REFUSALS,
  finalRefusals,
  isFallingBack,
  mayBeTakenBack,
} from '../../src/connections/fall-back/fall-back-rules.ts';
import { lookForFallBacks } from '../../src/connections/fall-back/fall-back-soon.ts';
import { claimLost } from '../../src/connections/lost.store.ts';
import { notAuthorized, oneLookMs } from '../../src/connections/refresh/refresh-rules.ts';
import { followPage } from '../../src/connections/ways/follow-partner.ts';
import { lostWithPartner } from '../../src/connections/ways/ways.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { sealerOf } from '../../src/db/store-sealer.ts';
import { minuteMs } from '../../src/lib/durations.ts';
import type { Organization } from '../../src/organizations/organization.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { WebexRefused, WebexUnavailable } from '../../src/webex/errors.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;
let partner: Organization;
let acme: Organization;
let sent: { queue: string; data: unknown; afterMs: number | undefined }[];

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  sent = [];
  await store.db.execute(sql`truncate organizations, connections cascade`);
  partner = await anOrganization(store.db, { name: 'Meridian' });
  acme = await anOrganization(store.db, { name: 'Acme' });
  await store.db.update(organizations).set({ servesAsPartner: true }).where(eq(organizations.id, partner.id));
  const accessToken = sealerOf(store.db).seal('access-1', tokenPlace('access_token', partner.id));
  await saveConnection(store.db, { ...aGrant(partner.id), accessToken }, defaultSettings);
  await saveConnection(store.db, aGrant(acme.id), defaultSettings);
  const fallBackSet = { fallbackWay: 'partner', fallbackViaOrganizationId: partner.id } as const;
  await change(acme, { ...fallBackSet, state: 'lost', stateReason: 'invalid_grant' });
});

const clock = { now: () => now, sleep: async () => {} };

const change = ({ id }: Organization, values: Partial<typeof connections.$inferInsert>) =>
  store.db.update(connections).set(values).where(eq(connections.organizationId, id));

async function connectionOfAcme() {
  const [found] = await store.db.select().from(connections).where(eq(connections.organizationId, acme.id));
  return found;
}

const jobs = {
  send: async (queue: string, data: unknown, options: { afterMs?: number } = {}) =>
    sent.push({ queue, data, afterMs: options.afterMs }) > 0,
  sendAll: async (queue: string, all: readonly unknown[]) => {
    for (const data of all) sent.push({ queue, data, afterMs: undefined });
  },
  wake: () => {},
} as never;

/** Runs the job; `get` is Webex, as the partner. */
const run = (get: () => Promise<unknown>, since?: Date) =>
  fallBack(
    {
      ...{ db: store.db, sealer: sealerOf(store.db), clock: { now: () => now, sleep: async () => {} }, jobs },
      ...{ webex: { serviceApp: undefined }, recordHooks: [] },
      connectAs: () => ({ get }) as never,
    } as never,
    { organizationId: acme.id, ...(since && { since: since.toISOString() }) },
  );

const reads = async () => ({ id: acme.account_number });
const route = 'GET /organizations/{orgId}';
const isAway = () => Promise.reject(new WebexUnavailable('away', { reason: 'server_error', route }));
const isRefused = () => Promise.reject(new WebexRefused('no', { code: 'http_403', status: 403, route }));
const lossesToTell = () => claimLost(store.db, { roomId: acme.roomId, now });

it('is taken over, and nobody is told of a loss', async () => {
  expect(await lossesToTell()).toEqual([]);
  expect(await run(reads)).toBe('taken_over');
  expect(await connectionOfAcme()).toMatchObject({
    ...{ way: 'partner', viaOrganizationId: partner.id, state: 'connected', accessToken: null },
    ...{ fallbackWay: null, fallbackViaOrganizationId: null },
  });
  expect(sent.map(({ queue }) => queue)).toContain('fell_back');
  expect(await lossesToTell()).toEqual([]);
  expect(await run(reads)).toBe('left');
});

it('is told of as lost where the fall-back is refused, and not asked for again', async () => {
  expect(await run(isRefused)).toBe('refused');
  expect(await connectionOfAcme()).toMatchObject({ way: 'consent', state: 'lost', fallbackRefusal: 'http_403' });
  expect(await lossesToTell()).toEqual([acme.id]);
  sent = [];
  await lookForFallBacks({ db: store.db, jobs, clock });
  expect(sent).toEqual([]);
});

it('waits while Webex is away, is told of after the last try, and is taken over later all the same', async () => {
  expect(await run(isAway)).toBe('later');
  const since = now.toISOString();
  expect(sent).toEqual([{ queue: 'fall_back', data: { organizationId: acme.id, since }, afterMs: 300_000 }]);
  expect(await lossesToTell()).toEqual([]);
  expect(await run(isAway, new Date(now.getTime() - 59 * minuteMs))).toBe('later');
  expect(await run(isAway, new Date(now.getTime() - 60 * minuteMs))).toBe('refused');
  expect(await lossesToTell()).toEqual([acme.id]);
  sent = [];
  await lookForFallBacks({ db: store.db, jobs, clock });
  expect(sent).toEqual([{ queue: 'fall_back', data: { organizationId: acme.id, isOfLook: true }, afterMs: undefined }]);
  expect(await run(isAway)).toBe('left');
  expect(await lossesToTell()).toEqual([]);
  expect(await run(reads)).toBe('taken_over');
});

it('is left alone while the loss may be taken back, and taken over afterwards', async () => {
  const refusedAt = new Date(now.getTime() - 9 * minuteMs);
  await change(acme, { refusedAt });
  expect(await run(reads)).toBe('left');
  sent = [];
  await lookForFallBacks({ db: store.db, jobs, clock });
  expect(sent).toEqual([]);
  await change(acme, { refusedAt: new Date(now.getTime() - 10 * minuteMs) });
  await lookForFallBacks({ db: store.db, jobs, clock });
  expect(sent).toMatchObject([{ data: { organizationId: acme.id } }]);
  expect(await run(reads)).toBe('taken_over');
});

it('is tried again where the trouble is not its own, such as a partner that is lost, and told of once', async () => {
  await change(partner, { state: 'lost' });
  expect(await run(reads)).toBe('refused');
  expect(await connectionOfAcme()).toMatchObject({ fallbackRefusal: 'no_partner' });
  expect(await lossesToTell()).toContain(acme.id);
  expect(await run(reads)).toBe('left');
  expect(await lossesToTell()).toEqual([]);
  await change(partner, { state: 'connected' });
  sent = [];
  await lookForFallBacks({ db: store.db, jobs, clock });
  expect(sent).toMatchObject([{ data: { organizationId: acme.id } }]);
  expect(await run(reads)).toBe('taken_over');
});

it('is told of as lost where a fault of ours keeps the fall-back from being tried', async () => {
  const deps = { db: store.db, jobs, clock } as never;
  await fallBackBroke(deps, acme.id);
  expect(await connectionOfAcme()).toMatchObject({ state: 'lost', fallbackRefusal: 'internal_error' });
  expect(await lossesToTell()).toEqual([acme.id]);
  expect(await run(reads)).toBe('taken_over');
  await fallBackBroke(deps, acme.id);
  expect(await connectionOfAcme()).toMatchObject({ state: 'connected', fallbackRefusal: null });
});

it('is looked for on every page', async () => {
  await change(acme, { fallbackWay: null });
  await store.db.execute(sql`
    insert into organizations select (jsonb_populate_record(o, jsonb_build_object('id', id, 'account_number_external', id))).*
    from (select o, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0')) as id from organizations o, generate_series(1, 1001) n where o.id = ${acme.id}) many`);
  await store.db.execute(sql`
    insert into connections select (jsonb_populate_record(c, jsonb_build_object('organization_id', id, 'fallback_way', 'service_app'))).*
    from (select c, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0')) as id from connections c, generate_series(1, 1001) n
      where c.organization_id = ${acme.id}) many`);
  await lookForFallBacks({ db: store.db, jobs, clock });
  expect(new Set(sent.map(({ data }) => (data as { organizationId: string }).organizationId)).size).toBe(1001);
});

it.each([
  ['a newer consent', () => saveConnection(store.db, aGrant(acme.id), defaultSettings), 'left', { way: 'consent' }],
  ['a fall-back that was taken away', () => change(acme, { fallbackWay: null }), 'left', { state: 'lost' }],
  ['a loss that was taken back', () => change(acme, { state: 'failing' }), 'left', { state: 'failing' }],
  [
    'the loss of the partner',
    () => change(partner, { state: 'lost' }),
    'refused',
    { state: 'lost', fallbackRefusal: 'no_partner' },
  ],
])('respects %s while Webex was asked', async (_case, meanwhile, outcome, expected) => {
  const get = async () => {
    await meanwhile();
    return { id: acme.account_number };
  };
  expect(await run(get)).toBe(outcome);
  expect(await connectionOfAcme()).toMatchObject(expected);
});

it('is refused where Webex answers with another organization', async () => {
  expect(await run(async () => ({ id: partner.account_number }))).toBe('refused');
  expect(await connectionOfAcme()).toMatchObject({ state: 'lost', fallbackRefusal: 'another_organization' });
});

it('keeps its fall-back over a new consent, and drops it once that way holds it', async () => {
  await saveConnection(store.db, aGrant(acme.id), defaultSettings);
  expect(await connectionOfAcme()).toMatchObject({ fallbackWay: 'partner', fallbackViaOrganizationId: partner.id });
  const byPartner = { ...aGrant(acme.id), way: 'partner' as const, viaOrganizationId: partner.id };
  await saveConnection(store.db, byPartner, defaultSettings);
  expect(await connectionOfAcme()).toMatchObject({ fallbackWay: null, fallbackViaOrganizationId: null });
});

it('stays where a customer’s own app holds it: that is another one than ours', async () => {
  await change(acme, { fallbackWay: 'service_app', fallbackViaOrganizationId: null });
  const byOwn = {
    ...aGrant(acme.id),
    way: 'service_app' as const,
    appClientId: 'C-own',
    appClientSecret: 'v1.k.sealed',
  };
  await saveConnection(store.db, byOwn, defaultSettings);
  expect(await connectionOfAcme()).toMatchObject({ appClientId: 'C-own', fallbackWay: 'service_app' });
  await saveConnection(store.db, { ...aGrant(acme.id), way: 'service_app' as const }, defaultSettings);
  expect(await connectionOfAcme()).toMatchObject({ appClientId: null, fallbackWay: null });
});

it('takes over from a partner whose grant is lost; where it cannot, that loss is told of with the partner alone', async () => {
  const held = { way: 'partner' as const, viaOrganizationId: partner.id, accessToken: null, refreshToken: null };
  await saveConnection(store.db, { ...aGrant(acme.id), ...held }, defaultSettings);
  await change(acme, { fallbackWay: 'service_app', fallbackViaOrganizationId: null });
  await change(partner, { state: 'lost' });
  await followPage({ db: store.db, jobs, clock }, { partnerId: partner.id });
  expect(await connectionOfAcme()).toMatchObject({ state: 'lost', stateReason: lostWithPartner });
  expect(sent).toEqual([{ queue: 'fall_back', data: { organizationId: acme.id }, afterMs: 5_000 }]);
  expect(await lossesToTell()).toEqual([partner.id]);
  expect(await run(reads)).toBe('refused');
  expect(await connectionOfAcme()).toMatchObject({ state: 'lost', fallbackRefusal: 'no_app' });
  expect(await lossesToTell()).toEqual([]);
  expect(sent.map(({ queue }) => queue)).not.toContain('lost');
  // The partner is back, and so is what hangs on it; the next loss is tried anew.
  await change(partner, { state: 'connected' });
  await followPage({ db: store.db, jobs, clock }, { partnerId: partner.id });
  expect(await connectionOfAcme()).toMatchObject({ state: 'connected', fallbackWay: 'service_app' });
  sent = [];
  await change(partner, { state: 'lost' });
  await followPage({ db: store.db, jobs, clock }, { partnerId: partner.id });
  expect(await connectionOfAcme()).toMatchObject({ state: 'lost', fallbackRefusal: null });
  expect(sent).toMatchObject([{ queue: 'fall_back' }]);
});

it('is looked for in the store by the rules that decide whether it may take over, in every state that a connection can be in', async () => {
  const states = ['connected', 'failing', 'lost'] as const;
  const ways = [null, 'partner', 'service_app'] as const;
  const refusals = [null, ...finalRefusals, ...FALL_BACK_REFUSALS, 'http_500'];
  const reasons = [null, notAuthorized, 'invalid_grant'];
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const refusedAts = [null, now, ago(oneLookMs - 1), ago(oneLookMs), ago(oneLookMs + 1)];
  const all = states.flatMap((state) =>
    ways.flatMap((fallbackWay) =>
      refusals.flatMap((fallbackRefusal) =>
        reasons.flatMap((stateReason) =>
          refusedAts.map((refusedAt) => ({ state, fallbackWay, fallbackRefusal, stateReason, refusedAt })),
        ),
      ),
    ),
  );
  const sentFor = async (values: (typeof all)[number]) => {
    sent = [];
    await change(acme, values);
    await lookForFallBacks({ db: store.db, jobs, clock });
    return sent.some(({ queue }) => queue === 'fall_back');
  };
  const differing: unknown[] = [];
  for (const values of all) {
    const isDue = isFallingBack(values) && !mayBeTakenBack(values, now);
    if ((await sentFor(values)) !== isDue) differing.push({ ...values, isDue });
  }
  expect(differing).toEqual([]);
});
