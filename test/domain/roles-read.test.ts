// Which roles whoever authorized the connection holds: asked for only where the grant shows it, and never at the price of the roles themselves.
import { expect, it } from 'vitest';
import type { Way } from '../../src/connections/ways/ways.ts';
import { rolesKind, showsRoles } from '../../src/directory/roles.ts';
import type { WebexClient } from '../../src/webex/client.ts';
import { WebexRefused } from '../../src/webex/errors.ts';

const refused = Object.assign(Object.create(WebexRefused.prototype), { status: 403, code: 'http_403' });

const webex = (me: () => object) =>
  ({
    async *list() {
      yield { id: 'full', name: 'Full Administrator' };
      yield { id: 'read', name: 'Read-only Administrator' };
    },
    get: async () => me(),
  }) as unknown as WebexClient;

const elsewhere = { at: () => webex(() => ({})), contactCenterUrl: undefined };

const heldWith = async (scopes: string[], me: () => object, way: Way) =>
  (await rolesKind.read(webex(me), {} as never, { scopes, way }, elsewhere)).rows.map(({ webexId, heldByGrantor }) => [
    webexId,
    heldByGrantor,
  ]);

it.each([
  ['are those that Webex shows', [showsRoles], () => ({ roles: ['read'] }), true],
  ['are asked for where Webex did not say what it granted', [], () => ({ roles: ['read'] }), true],
  ['are none where Webex shows none', [showsRoles], () => ({}), false],
  [
    'are none where Webex refuses to say who it is',
    [showsRoles],
    () => {
      throw refused;
    },
    false,
  ],
  [
    'are not asked for with another grant',
    ['spark-admin:roles_read'],
    () => {
      throw new Error('asked all the same');
    },
    false,
  ],
  [
    'are not asked for of a machine account',
    [showsRoles],
    () => {
      throw new Error('asked all the same');
    },
    false,
    'service_app' as const,
  ],
])('%s', async (_case, scopes, me, isHeld, way: Way = 'consent') => {
  expect(await heldWith(scopes, me, way)).toEqual([
    ['full', false],
    ['read', isHeld],
  ]);
});
