// Which event of Control Hub's admin audit is told of where a connection is lost.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastGrantorEvent, saveGrantorEvents } from '../../src/connections/why/grantor-events.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization } from './rows.ts';

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
