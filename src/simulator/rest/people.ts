// GET /people, /people/me and /people/{personId}.

import type { Parts } from '../parts.ts';
import type { Employee, Person } from '../world.ts';
import { administered, administeredOne } from './access.ts';
import {
  type Answer,
  badRequest,
  type Call,
  type Caller,
  forbidden,
  notFound,
  ok,
  page,
  type Route,
} from './answer.ts';

type Deps = Pick<Parts, 'world'>;

const ADMIN_SCOPE = 'spark-admin:people_read';
const SCOPES = ['spark:people_read', ADMIN_SCOPE];

export function peopleRoutes(deps: Deps): Route[] {
  const { world } = deps;
  return [
    {
      method: 'GET',
      path: '/people/me',
      scopes: SCOPES,
      handle(caller) {
        if (caller.person.type === 'machine' && world.switches.machineAccount === 'refused') throw forbidden();
        return ok(view(caller, caller.person));
      },
    },
    {
      method: 'GET',
      path: '/people/{personId}',
      scopes: SCOPES,
      handle(caller, call) {
        const id = call.params['personId'] ?? '';
        const person = world.people.get(id) ?? world.employees.get(id);
        if (person === undefined || ('deleted' in person && person.deleted)) throw notFound('Person not found.');
        return ok(view(caller, person));
      },
    },
    {
      method: 'GET',
      path: '/people',
      scopes: SCOPES,
      handle(caller, call) {
        const living = [
          ...[...world.people.values()].filter(({ deleted, type }) => !deleted && type !== 'machine'),
          ...world.employees.values(),
        ];
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
        if (email === undefined && displayName === undefined) return listAll(deps, caller, call, living);
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

/** Everybody of an organization: of an administrator's own or, with `orgId`, of one that the administrator manages. */
function listAll(deps: Deps, caller: Caller, call: Call, living: readonly (Person | Employee)[]): Answer {
  const orgId = call.query.get('orgId');
  const isAdministrator = caller.person.administers.length > 0;
  if (!isAdministrator || !caller.authorization.scopes.includes(ADMIN_SCOPE)) {
    throw badRequest('Email, displayName, or id list should be specified.');
  }
  const { id } = orgId === null ? administered(deps, caller)[0] : administeredOne(deps, caller, orgId);
  const those = living.filter((one) => one.orgId === id);
  return page(call, those, { usual: 100, most: 1000 }, (one) =>
    'administers' in one ? viewOfPerson(caller, one) : viewOfEmployee(one),
  );
}

function viewOfEmployee({ email, lastModified, calling: _calling, ...employee }: Employee) {
  return {
    ...employee,
    emails: [email],
    nickName: employee.displayName,
    userName: email,
    roles: [],
    lastModified: lastModified ?? employee.created,
    type: 'person',
  };
}

/** Roles, licenses and the like are shown only to administrators of the person's organization. */
const isAdministrative = ({ authorization, person }: Caller, { orgId }: Person | Employee): boolean =>
  authorization.scopes.includes(ADMIN_SCOPE) && person.administers.includes(orgId);

/** Whoever it is, as Webex shows them to this caller. */
function view(caller: Caller, one: Person | Employee): Record<string, unknown> {
  if ('administers' in one) return viewOfPerson(caller, one);
  if (isAdministrative(caller, one)) return viewOfEmployee(one);
  const { id, emails, displayName, nickName, userName, orgId, created, lastModified, type } = viewOfEmployee(one);
  return { id, emails, displayName, nickName, userName, orgId, created, lastModified, type };
}

function viewOfPerson(caller: Caller, person: Person): Record<string, unknown> {
  const administrative = isAdministrative(caller, person);
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
    type: person.type === 'bot' ? 'bot' : 'person',
  };
}
