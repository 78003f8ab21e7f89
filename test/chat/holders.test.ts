// A grant that holds others stands first and loudest, whatever else a message is about.
import { expect, it } from 'vitest';
import { renderMessage } from '../../src/chat/render-message.ts';
import { manyLostMessage } from '../../src/connections/lost.view.ts';
import { escalationMessage, warningMessage } from '../../src/deadlines/warning.view.ts';
import { connectionOf, now } from './every-message.ts';

const dayMs = 86_400_000;

const row = (name: string, days: number, held: { served?: number; heldByApp?: number } = {}) => ({
  ...{ id: '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11', name, account_email: null, notes: null, ...held },
  ...{ wholesale_status: false, servesAsPartner: false },
  connection: {
    ...connectionOf('ada@meridian.example'),
    ...{ acknowledgedBy: null, acknowledgedAt: null, snoozedUntil: null },
    refreshTokenExpiresAt: new Date(now.getTime() + days * dayMs),
  },
});

const acme = row('Acme', 2);
const cobalt = row('Cobalt', 3);
const read = (message: Parameters<typeof renderMessage>[0]) => renderMessage(message).markdown;

it('says in the title of a warning how many hang on it, and of the others behind it', () => {
  const partner = row('Meridian', 7, { served: 120 });
  const words = /🚨 \*\*Meridian expires in 7 days, and 120 organizations hang on it\*\*/;
  const alone = read(warningMessage({ rows: [partner], total: 1, now }));
  expect(alone).toMatch(words);
  expect(alone).not.toContain('Beside it');
  const some = read(warningMessage({ rows: [partner, acme, cobalt], total: 3, now }));
  expect(some).toMatch(words);
  expect(some).toContain('Beside it: 2 connections expire, the first in 2 days.');
  expect(some).toContain('120 organizations hang on the grant of Meridian: what ends there ends for all of them.');
  expect(read(escalationMessage({ rows: [partner, acme], total: 2, now }))).toMatch(words);
});

it('counts the others without it where more are counted than named', () => {
  const partner = row('Meridian', -1, { served: 1 });
  const ended = Array.from({ length: 9 }, (_, index) => row(`Customer ${index}`, -2));
  const bands = [
    { days: 0, count: 21 },
    { days: 3, count: 5 },
  ];
  const said = read(warningMessage({ rows: [partner, ...ended], total: 26, bands, now }));
  expect(said).toMatch(/Meridian has expired, and 1 organization hangs on it/);
  expect(said).toContain('Beside it: 20 connections expired, 5 more expire within 3 days.');
});

it('is told of as the owner of the service app, and as lost', () => {
  const owner = row('Meridian', 7, { heldByApp: 1001 });
  const lost = { ...owner, connection: { ...owner.connection, state: 'lost' as const } };
  const said = read(manyLostMessage({ rows: [lost, acme], total: 3, now }));
  expect(said).toMatch(/🚨 \*\*Meridian has lost its connection, and more than 1000 organizations hang on it\*\*/);
  expect(said).toContain('2 other connections are lost, too.');
  expect(said).toContain('More than 1000 organizations hang on the service app of Meridian: without this grant');
});
