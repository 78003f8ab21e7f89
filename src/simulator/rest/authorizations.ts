// /authorizations: which tokens an integration holds, revoking them, and when the calling token ends.

import type { Parts } from '../parts.ts';
import type { Authorization, Person, World } from '../world.ts';
import { administered } from './access.ts';
import { badRequest, type Caller, forbidden, noContent, notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'changed'>;

export function authorizationRoutes(deps: Deps): Route[] {
  const { world } = deps;

  /** Of a grant that several consents share, the first is shown. */
  const isFirst = (row: Authorization) =>
    [...world.authorizations.values()].find(({ type, grantId }) => type === row.type && grantId === row.grantId) ===
    row;

  const mayManage = (caller: Caller, person: Person) =>
    caller.person.id === person.id || caller.person.administers.includes(person.orgId);

  return [
    {
      method: 'GET',
      path: '/authorizations/tokenExpiry',
      scopes: [],
      handle: (caller) => ok({ exp: Date.parse(caller.authorization.expiresAt) }),
    },
    {
      method: 'GET',
      path: '/authorizations',
      scopes: ['identity:tokens_read'],
      handle(caller, call) {
        const personId = call.query.get('personId');
        const personEmail = call.query.get('personEmail')?.toLowerCase();
        if (personId === null && personEmail === undefined) {
          throw badRequest('personId: either personId or personEmail must be given');
        }
        const person = [...world.people.values()].find(({ id, email }) => id === personId || email === personEmail);
        if (person === undefined) throw notFound('Person not found.');
        if (!mayManage(caller, person)) throw forbidden();
        const items = [...world.authorizations.values()]
          .filter((row) => row.personId === person.id && row.clientId !== undefined)
          .filter((row) => new Date(row.expiresAt) > deps.now())
          .filter((row) => world.switches.secondConsent !== 'same_grant' || isFirst(row))
          .map((row) => ({
            id: row.id,
            ...applicationOf(world, row),
            personId: row.personId,
            clientId: row.clientId,
            created: row.created,
            type: row.type,
          }));
        return ok({ items });
      },
    },
    {
      method: 'DELETE',
      path: '/authorizations/{authorizationId}',
      scopes: ['identity:tokens_write'],
      handle(caller, call) {
        const row = [...world.authorizations.values()].find(({ id }) => id === call.params['authorizationId']);
        const person = row === undefined ? undefined : world.people.get(row.personId);
        if (row === undefined || person === undefined || row.clientId === undefined) throw notFound();
        if (!mayManage(caller, person)) throw forbidden();
        endAuthorization(deps, row);
        return noContent();
      },
    },
    {
      method: 'DELETE',
      path: '/authorizations',
      scopes: ['identity:tokens_write'],
      handle(caller, call) {
        const clientId = call.query.get('clientId');
        if (clientId === null) throw badRequest('clientId: must be given');
        const organizations = administered(deps, caller);
        const orgId = call.query.get('orgId') ?? organizations[0].id;
        if (!organizations.some(({ id }) => id === orgId)) throw forbidden();
        for (const row of [...world.authorizations.values()]) {
          if (row.clientId === clientId && world.people.get(row.personId)?.orgId === orgId) endAuthorization(deps, row);
        }
        return noContent();
      },
    },
  ];
}

/** The integration or service app that holds a token. */
function applicationOf({ serviceApps, integration }: World, { clientId }: Authorization) {
  const app = [...serviceApps.values()].find((one) => one.clientId === clientId);
  const { id, name } = app ?? { ...integration, id: integration.applicationId };
  return { applicationId: id, applicationName: name };
}

/** Ends a token. With a refresh token go all access tokens that came from the same consent, as Webex documents. */
export function endAuthorization(deps: Pick<Parts, 'world' | 'changed'>, row: Authorization): void {
  const { authorizations, grants } = deps.world;
  authorizations.delete(row.token);
  if (row.type === 'refresh' && row.grantId !== undefined) {
    for (const token of grants.get(row.grantId)?.tokens ?? []) authorizations.delete(token);
    grants.delete(row.grantId);
  }
  deps.changed();
}
