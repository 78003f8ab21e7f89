// What is said of connections that end or are lost names who can bring each back, and why it was lost.
import { expect, it } from 'vitest';
import { renderMessage } from '../../src/chat/render-message.ts';
import { lostMessage, manyLostMessage } from '../../src/connections/lost.view.ts';
import { calendarFile } from '../../src/deadlines/forecast/calendar.ts';
import { escalationMessage, warningMessage } from '../../src/deadlines/warning.view.ts';
import { connectionOf, now } from './every-message.ts';

const row = (name: string, record: { wholesale_status?: boolean; servesAsPartner?: boolean } = {}, code?: string) => ({
  ...{ id: '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11', name, account_email: null, notes: null },
  ...{ wholesale_status: false, servesAsPartner: false, ...record },
  connection: {
    ...connectionOf('ada@meridian.example'),
    ...{ acknowledgedBy: null, acknowledgedAt: null, snoozedUntil: null },
    ...(code !== undefined && { state: 'lost' as const, stateReason: code }),
  },
});

const read = (message: Parameters<typeof renderMessage>[0]) => renderMessage(message).markdown;

it.each([
  { record: {}, who: 'full administrator of the organization' },
  { record: { wholesale_status: true }, who: 'n administrator of the service provider with wholesale rights' },
  { record: { servesAsPartner: true }, who: ' Partner Full Administrator of the organization' },
])('names $who', ({ record, who }) => {
  const rows = [row('Acme', record)];
  expect(read(warningMessage({ rows, total: 1, now }))).toContain(`${who} opens it and accepts.`);
  expect(read(escalationMessage({ rows, total: 1, now }))).toContain(`${who} opens it and accepts.`);
  const organization = { ...row('Acme', record) };
  expect(read(lostMessage({ organization, code: 'invalid_grant' }))).toContain(`${who} must reconnect it.`);
  const deadline = { ...organization, organizationId: organization.id, deadlineAt: now };
  const grantor = { way: 'consent' as const, authorizedEmail: 'carol@acme.example', byPartner: false };
  const file = calendarFile([{ ...deadline, ...grantor }], { now, botName: 'Hubkeeper' }).toString();
  expect(file.replaceAll('\r\n ', '')).toContain(`${who}.`);
});

it('leaves it to the link of each where several expire', () => {
  const rows = [row('Acme'), row('Meridian', { servesAsPartner: true })];
  expect(read(warningMessage({ rows, total: 2, now }))).toContain(
    'Press Reconnect for a fresh link. Its message says who must open it.',
  );
});

it('says of several losses the reason that they share', () => {
  const said = (code: string) =>
    read(manyLostMessage({ rows: [row('Acme', {}, code), row('Cobalt', {}, code)], total: 2, now }));
  expect(said('invalid_grant')).toContain('Webex refuses their refresh tokens');
  expect(said('invalid_grant')).toContain('A full administrator of each organization must reconnect it.');
  expect(said('not_managed')).toContain('Their partner does not manage them any more');
  expect(said('not_managed')).toContain('Have the partner manage them again');
  expect(said('not_authorized')).toContain('The service app that held them is not authorized any more');
});

it('says of more losses than it names nothing that it does not know', () => {
  const rows = [row('Acme', {}, 'not_managed'), row('Cobalt', {}, 'not_managed')];
  const said = read(manyLostMessage({ rows, total: 200, now }));
  expect(said).toContain('Of those that are named here: Their partner does not manage them any more');
  expect(said).toContain('Its message says who must open it.');
  expect(said).not.toContain('Have the partner manage them again');
});

it('says of each of several losses its own reason where they differ', () => {
  const rows = [row('Acme', {}, 'invalid_grant'), row('Cobalt', {}, 'not_managed')];
  const said = read(manyLostMessage({ rows, total: 2, now }));
  expect(said).toContain('They are lost for different reasons.');
  expect(said).toMatch(/Acme.*Webex refuses its refresh token/);
  expect(said).toMatch(/Cobalt.*its partner does not manage it any more/);
  expect(said).toContain('Its message says who must open it.');
});
