// What an event of Control Hub's admin audit means for a grant: by whom it was done to, not by who is named in its sentence.
import { expect, it } from 'vitest';
import { grantorEventOf } from '../../src/connections/why/grantor-event-rules.ts';
import { encodeWebexId } from '../../src/webex/ids.ts';

const uuidOf = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
const personId = (digit: string) => encodeWebexId({ cluster: 'us', kind: 'PEOPLE', value: uuidOf(digit) });
const app = (clientId: string) => encodeWebexId({ cluster: 'us', kind: 'APPLICATION', value: clientId });

const ada = { personId: personId('a'), email: 'ada@acme.example', clientId: 'C1' };

const deleted = { eventCategory: 'EventCategory.USERS', eventDescription: 'An Admin deleted a user' };
const reset = { eventCategory: 'USERS', eventDescription: 'An Admin reset the password of a user' };
const roles = { eventCategory: 'USERS', eventDescription: 'An Admin changed the administrator roles of a user' };
const blocked = { eventCategory: 'INTEGRATIONS', eventDescription: 'An Admin blocked an integration' };

it.each([
  ['whoever is the target, by id', { ...deleted, targetId: ada.personId, targetName: 'Ada' }, 'deleted'],
  ['the same by a bare UUID', { ...reset, targetId: uuidOf('a') }, 'password'],
  ['the target by its e-mail', { ...roles, targetName: 'Ada (ADA@acme.example)' }, 'role'],
  ['another target', { ...deleted, targetId: personId('b'), actionText: 'ada@acme.example deleted Bob' }, undefined],
  ['another target by name', { ...deleted, targetName: 'Bob', actionText: 'Eve deleted ada@acme.example' }, undefined],
  ['a longer e-mail', { ...deleted, targetName: 'nada@acme.example' }, undefined],
  ['no target, and the sentence names it', { ...deleted, actionText: 'Eve deleted ada@acme.example.' }, 'deleted'],
  ['no target, and it acted', { ...deleted, actionText: 'ada@acme.example deleted bob@acme.example' }, undefined],
  [
    'no target, and it acted by its own record',
    { ...deleted, actorEmail: 'Ada@acme.example', actionText: 'Ada (ada@acme.example) deleted bob@acme.example' },
    undefined,
  ],
  [
    'our integration, by the id of the application',
    { ...blocked, targetId: app('C1'), targetName: 'X' },
    'integration',
  ],
  ['our integration, by its client id', { ...blocked, targetId: 'C1' }, 'integration'],
  ['an integration that is not named', blocked, 'integration'],
  ['an integration of another id', { ...blocked, targetId: app('C2'), targetName: 'Hubkeeper' }, 'other_integration'],
  ['an integration of some name', { ...blocked, targetName: 'Calendar' }, 'other_integration'],
  ['its own use of an integration', { ...blocked, targetId: ada.personId }, 'integration'],
  [
    'nothing that ends a grant',
    { eventCategory: 'LOGINS', targetId: ada.personId, actionText: 'Ada logged in' },
    undefined,
  ],
  ['nothing at all', undefined, undefined],
])('%s', (_case, data, kind) => {
  expect(grantorEventOf({ data }, ada)).toBe(kind);
});
