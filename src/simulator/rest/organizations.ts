// What an administrator reads of an organization: /organizations, /roles and /licenses.

import type { Parts } from '../parts.ts';
import type { License, Organization } from '../world.ts';
import { administered, administeredOne } from './access.ts';
import { type Answer, badRequest, type Call, nextPage, notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now'>;

export function organizationRoutes(deps: Deps): Route[] {
  const view = ({ id, displayName, created }: Organization) => ({ id, displayName, created });

  return [
    {
      method: 'GET',
      path: '/organizations',
      scopes: ['spark-admin:organizations_read'],
      handle: (caller) => ok({ items: administered(deps, caller).map(view) }),
    },
    {
      method: 'GET',
      path: '/organizations/{orgId}',
      scopes: ['spark-admin:organizations_read'],
      handle: (caller, call) => ok(view(administeredOne(deps, caller, call.params['orgId'] ?? ''))),
    },
    {
      method: 'GET',
      path: '/roles',
      scopes: ['spark-admin:roles_read'],
      handle: (caller) => ok({ items: administered(deps, caller)[0].roles }),
    },
    {
      method: 'GET',
      path: '/roles/{roleId}',
      scopes: ['spark-admin:roles_read'],
      handle(caller, call) {
        const role = administered(deps, caller)[0].roles.find(({ id }) => id === call.params['roleId']);
        if (role === undefined) throw notFound();
        return ok(role);
      },
    },
    {
      method: 'GET',
      path: '/licenses',
      scopes: ['spark-admin:licenses_read'],
      handle(caller, call) {
        const orgId = call.query.get('orgId');
        const [own] = administered(deps, caller);
        return ok({ items: (orgId === null ? own : administeredOne(deps, caller, orgId)).licenses });
      },
    },
    {
      method: 'GET',
      path: '/licenses/{licenseId}',
      scopes: ['spark-admin:licenses_read'],
      handle(caller, call) {
        const license = administered(deps, caller)
          .flatMap((organization) => organization.licenses)
          .find(({ id }) => id === call.params['licenseId']);
        if (license === undefined) throw notFound();
        return call.query.get('includeAssignedTo') === 'user' ? withHolders(deps, call, license) : ok(license);
      },
    },
  ];
}

const MOST_HOLDERS = 300;

/** The license with a page of those who hold it; `next` of the Link header is an id of the page, as Webex has it. */
function withHolders({ world }: Deps, call: Call, license: License): Answer {
  const asked = Number(call.query.get('limit') ?? MOST_HOLDERS);
  if (!Number.isInteger(asked) || asked < 1) throw badRequest('limit: must be a whole number from 1');
  const limit = Math.min(asked, MOST_HOLDERS);
  const from = Number(Buffer.from(call.query.get('next') ?? '', 'base64url').toString() || 0);
  const holders = [...world.employees.values()].filter(({ licenses }) => licenses.includes(license.id));
  const users = holders
    .slice(from, from + limit)
    .map(({ id, displayName, email }) => ({ id, type: 'INTERNAL', displayName, email }));
  const rest = from + limit;
  const next = Buffer.from(String(rest)).toString('base64url');
  return ok({ ...license, users }, rest < holders.length ? nextPage(call, { next }) : {});
}
