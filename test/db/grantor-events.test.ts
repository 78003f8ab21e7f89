// Which event of Control Hub's admin audit is told of where a connection is lost.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionsLostNotice } from '../../src/connections/connection.notice.ts';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { lostRenderer } from '../../src/connections/lost.render.ts';
import { lastGrantorEvent, saveAuditRead, saveGrantorEvents } from '../../src/connections/why/grantor-events.store.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { defaultSettings, providerLevel } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const since = new Date('2026-05-01T00:00:00Z');
const onDay = (day: number) => new Date(since.getTime() + day * 86_400_000);
const byNobody = { actorName: null, actorEmail: null, words: null };

it.each([
  ['the newest', [['password', 1] as const, ['deleted', 2] as const], 'deleted'],
  [
    'one of the grantor before that of another integration',
    [
      ['role', 1],
      ['other_integration', 2],
    ] as const,
    'role',
  ],
  ['that of another integration where there is no other', [['other_integration', 2]] as const, 'other_integration'],
  ['none of an earlier connection', [['deleted', -1]] as const, undefined],
])('is %s', async (_which, events, told) => {
  const { id: organizationId } = await anOrganization(store.db, { name: 'Acme' });
  await saveGrantorEvents(
    store.db,
    events.map(([kind, day]) => ({ organizationId, eventId: `${kind}${day}`, at: onDay(day), kind, ...byNobody })),
  );
  expect((await lastGrantorEvent(store.db, { organizationId, since }))?.kind).toBe(told);
});

it('is told of once for each of the first grantors where several connections are lost', async () => {
  const { db } = store;
  await saveOwnSettings(db, { ...providerLevel, values: { read_admin_audit: true }, by: 'ada@meridian.example', now });
  const grantors = ['carol', 'carol', 'dmitri', 'elena', 'finn'];
  const organizationIds: string[] = [];
  for (const [number, grantor] of grantors.entries()) {
    const { id } = await anOrganization(db, { name: `Customer ${number}` });
    organizationIds.push(id);
    const authorizedEmail = `${grantor}@acme.example`;
    const refreshTokenExpiresAt = new Date(now.getTime() + number * 86_400_000);
    await saveConnection(db, { ...aGrant(id), authorizedEmail, refreshTokenExpiresAt }, defaultSettings);
  }
  await db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' });
  const [first = '', second = '', third = ''] = organizationIds;
  await saveAuditRead(db, { organizationId: first, at: now });
  await saveGrantorEvents(db, [
    { organizationId: second, eventId: '1', at: now, kind: 'deleted', ...byNobody, actorName: 'Ada' },
  ]);
  await saveAuditRead(db, { organizationId: third, at: now });
  const deps = { db, clock: { now: () => now, sleep: async () => {} } };
  const notice = connectionsLostNotice.of({ organizationIds, total: organizationIds.length });
  const { markdown = '' } = (await lostRenderer.render(deps, notice, { roomId: 'room', parentMessageId: null })) as {
    markdown?: string;
  };
  expect(markdown).toMatch(
    /Control Hub: Ada deleted carol@acme\.example, [^\n]*\s+Control Hub’s admin audit says nothing of dmitri@acme\.example\.\s+What happened to elena@acme\.example is not known/,
  );
  expect(markdown).not.toMatch(/(happened to|nothing of) (carol|finn)/);
});
