// GET /adminAudit/events: what administrators did in an organization.

import type { Parts } from '../parts.ts';
import type { AdminAuditEvent } from '../world-services.ts';
import { administeredOne, requireScope } from './access.ts';
import { badRequest, type Call, ok, pageSize, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

const SCOPE = 'audit:events_read';
const YEAR_MS = 366 * 86_400_000;

export function adminAuditRoutes(deps: Deps): Route[] {
  const { world } = deps;
  return [
    {
      method: 'GET',
      path: '/adminAudit/events',
      // No official page names the scope.
      scopes: [],
      handle(caller, call) {
        if (world.switches.adminAuditScope === 'wanted') requireScope(caller, [SCOPE]);
        const orgId = call.query.get('orgId');
        if (orgId === null) throw badRequest('orgId: must be given');
        const organization = administeredOne(deps, caller, orgId);
        const [from, to] = [instantOf(call, 'from'), instantOf(call, 'to')];
        if (to - from > YEAR_MS) throw badRequest('to: at most one year of events can be listed');
        const actorId = call.query.get('actorId');
        const categories = call.query.get('eventCategories')?.split(',');
        const found = [...world.adminAudit.values()]
          .filter(({ orgId: its }) => its === organization.id)
          .filter(({ created }) => Date.parse(created) >= from && Date.parse(created) < to)
          .filter((event) => actorId === null || event.actorId === actorId)
          .filter(({ data }) => categories === undefined || categories.some((one) => data.eventCategory.endsWith(one)))
          .toReversed();
        const offset = Number(call.query.get('offset') ?? 0);
        if (!Number.isInteger(offset) || offset < 0) throw badRequest('offset: must be a whole number from 0');
        // No Link header is documented: whoever wants more asks with an offset.
        const max = pageSize(call, { usual: 100, most: 200 });
        return ok({ items: found.slice(offset, offset + max).map(view) });
      },
    },
  ];
}

function instantOf(call: Call, name: 'from' | 'to'): number {
  const at = Date.parse(call.query.get(name) ?? '');
  if (Number.isNaN(at)) throw badRequest(`${name}: must be a date and time`);
  return at;
}

const view = ({ orgId: _orgId, ...event }: AdminAuditEvent) => event;
