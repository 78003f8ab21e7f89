// GET /people, /people/me and /people/{personId}.

import type { Parts } from '../parts.ts';
import type { Person } from '../world.ts';

import { badRequest, type Caller, notFound, ok, page, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

const SCOPES = ['spark:people_read', 'spark-admin:people_read'];

export function peopleRoutes(deps: Deps): Route[] {
  const { world } = deps;
  return [
    { method: 'GET', path: '/people/me', scopes: SCOPES, handle: (caller) => ok(view(caller, caller.person)) },
    {
      method: 'GET',
      path: '/people/{personId}',
      scopes: SCOPES,
      handle(caller, call) {
        const person = world.people.get(call.params['personId'] ?? '');
        if (person === undefined || person.deleted) throw notFound('Person not found.');
        return ok(view(caller, person));
      },
    },
    {
      method: 'GET',
      path: '/people',
      scopes: SCOPES,
      handle(caller, call) {
        const living = [...world.people.values()].filter((person) => !person.deleted);
        const ids = call.query.get('id');
        if (ids !== null) {
          const wanted = ids.split(',');
          if (wanted.length > 85) throw badRequest('id: at most 85 ids may be given');
          const found = living.filter((person) => wanted.includes(person.id));
          const notFoundIds = wanted.filter((id) => !found.some((person) => person.id === id));
          const items = found.map((person) => view(caller, person));
          return ok(notFoundIds.length > 0 ? { notFoundIds, items } : { items });
        }
        const email = call.query.get('email')?.toLowerCase();
        const displayName = call.query.get('displayName')?.toLowerCase();
        const orgId = call.query.get('orgId');
        const mayListAll = orgId === null ? false : caller.person.administers.includes(orgId);
        if (email === undefined && displayName === undefined && !mayListAll) {
          throw badRequest('Email, displayName, or id list should be specified.');
        }
        const matches = living.filter(
          (person) =>
            (email === undefined || person.email === email) &&
            (displayName === undefined || person.displayName.toLowerCase().startsWith(displayName)) &&
            (orgId === null || person.orgId === orgId),
        );
        return page(
          call,
          matches.map((person) => view(caller, person)),
          { usual: 100, most: 1000 },
        );
      },
    },
  ];
}

/** A person as Webex shows it: roles and licenses only to administrators of the person's organization. */
function view(caller: Caller, person: Person): Record<string, unknown> {
  const administrative =
    caller.authorization.scopes.includes('spark-admin:people_read') && caller.person.administers.includes(person.orgId);
  return {
    id: person.id,
    emails: [person.email],
    displayName: person.displayName,
    nickName: person.firstName ?? person.displayName,
    ...(person.firstName === undefined ? {} : { firstName: person.firstName }),
    ...(person.lastName === undefined ? {} : { lastName: person.lastName }),
    userName: person.email,
    orgId: person.orgId,
    ...(administrative ? { roles: person.roles, licenses: [], title: person.title } : {}),
    created: person.created,
    lastModified: person.created,
    status: 'active',
    ...(administrative ? { invitePending: false, loginEnabled: true } : {}),
    type: person.type,
  };
}
