// The tags that a partner's administrators have given their customers: /partner/tags.

import type { Parts } from '../parts.ts';
import { administered } from './access.ts';
import { badRequest, type Call, nextPage, ok, type Route } from './answer.ts';

const scopes = ['spark-admin:organizations_read'];
const MOST = 100;

export function partnerTagRoutes(deps: Pick<Parts, 'world' | 'now'>): Route[] {
  return [
    {
      ...{ method: 'GET', path: '/partner/tags', scopes },
      handle(caller, call) {
        if (call.query.get('type') !== 'ORGANIZATION') throw badRequest('type: must be ORGANIZATION');
        const used = new Set(administered(deps, caller).flatMap(({ tags = [] }) => tags));
        return ok([...used].sort().map((name) => ({ name, description: name })));
      },
    },
    {
      ...{ method: 'GET', path: '/partner/tags/organizations', scopes },
      handle(caller, call) {
        const wanted = new Set((call.query.get('tags') ?? '').split(','));
        const found = administered(deps, caller).filter(({ tags = [] }) => tags.some((tag) => wanted.has(tag)));
        const { max, offset } = partOf(call);
        const body = found
          .slice(offset, offset + max)
          .map(({ id, displayName, tags = [] }) => ({ orgName: displayName, orgId: id, tags }));
        const hasMore = offset + max < found.length;
        return ok(body, hasMore ? nextPage(call, { offset: String(offset + max), max: String(max) }) : {});
      },
    },
  ];
}

function partOf(call: Call): { max: number; offset: number } {
  const max = Number(call.query.get('max') ?? MOST);
  if (!Number.isInteger(max) || max < 1 || max > MOST) throw badRequest('max: must be between 1 and 100');
  return { max, offset: Number(call.query.get('offset') ?? 0) };
}
