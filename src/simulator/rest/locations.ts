// What an administrator reads of an organization's buildings: /locations and their floors.

import type { Parts } from '../parts.ts';
import type { Location } from '../world.ts';
import { administered, administeredOne } from './access.ts';
import { type Caller, notFound, ok, page, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

const scopes = ['spark-admin:locations_read'];

export function locationRoutes(deps: Deps): Route[] {
  const locationsOf = (caller: Caller, orgId: string | null): Location[] => {
    const organization = orgId === null ? administered(deps, caller)[0] : administeredOne(deps, caller, orgId);
    return [...deps.world.locations.values()].filter(({ orgId: its, deleted }) => its === organization.id && !deleted);
  };
  const oneOf = (caller: Caller, id = ''): Location => {
    const found = deps.world.locations.get(id);
    if (!found || found.deleted) throw notFound();
    administeredOne(deps, caller, found.orgId);
    return found;
  };

  return [
    {
      method: 'GET',
      path: '/locations',
      scopes,
      handle(caller, call) {
        const name = call.query.get('name');
        const id = call.query.get('id');
        const found = locationsOf(caller, call.query.get('orgId')).filter(
          (location) => (name === null || location.name === name) && (id === null || location.id === id),
        );
        return page(call, found.map(view), { usual: 500, most: 1000 });
      },
    },
    {
      method: 'GET',
      path: '/locations/{locationId}',
      scopes,
      handle: (caller, call) => ok(view(oneOf(caller, call.params['locationId']))),
    },
    {
      method: 'GET',
      path: '/locations/{locationId}/floors',
      scopes,
      handle(caller, call) {
        const { id: locationId, floors } = oneOf(caller, call.params['locationId']);
        return ok({ items: floors.map((floor) => ({ ...floor, locationId })) });
      },
    },
  ];
}

const view = ({ floors: _floors, deleted: _deleted, ...location }: Location) => location;
