// What an administrator reads of an organization: /organizations, /roles and /licenses.

import type { Parts } from '../parts.ts';
import type { Organization } from '../world.ts';
import { administered, administeredOne } from './access.ts';
import { notFound, ok, type Route } from './answer.ts';

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
        return ok(license);
      },
    },
  ];
}
