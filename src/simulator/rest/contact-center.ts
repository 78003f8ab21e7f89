// The contact center's API, of which each region is a host in life and the first part of the path here: the lists of its configuration.

import { keyOf } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { ContactCenter } from '../world-services.ts';
import { administered } from './access.ts';
import { badRequest, type Call, type Caller, forbidden, notFound, ok, type Refusal, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

/** A larger page is lowered to this without a word. */
const PAGE_SIZE = 100;

/** The lists by the last part of their paths. */
const LISTS = {
  site: 'sites',
  team: 'teams',
  'contact-service-queue': 'queues',
  'entry-point': 'entryPoints',
} as const satisfies Record<string, keyof ContactCenter>;

export function contactCenterRoutes(deps: Deps): Route[] {
  /** Throws a 403 for somebody else's organization, a 404 for one that the region does not serve. */
  const servedHere = (caller: Caller, { region, orgid }: Call['params']): ContactCenter => {
    // The UUID, not the API's usual id.
    const organization = administered(deps, caller).find(({ id }) => keyOf(id) === orgid);
    if (organization === undefined) throw forbidden();
    const contactCenter = deps.world.contactCenters.get(organization.id);
    if (contactCenter === undefined || contactCenter.region !== region) throw notFound();
    return contactCenter;
  };
  return Object.entries(LISTS).map(([last, list]) => ({
    method: 'GET',
    path: `/{region}/organization/{orgid}/v2/${last}`,
    scopes: ['cjp:config_read', 'cjp:config'],
    handle: (caller, call) => listPage(call, servedHere(caller, call.params)[list] ?? []),
  }));
}

/** The answer to `page`, `pageSize` and `attributes` of the query. */
function listPage(call: Call, items: readonly object[]) {
  const { orgid } = call.params;
  const pageSize = Math.min(PAGE_SIZE, whole(call, 'pageSize', PAGE_SIZE));
  if (pageSize === 0) throw badRequest('pageSize: must be at least 1');
  const page = whole(call, 'page', 0);
  const attributes = call.query.get('attributes')?.split(',');
  const shown = items
    .map((item) => ({ organizationId: orgid, version: 1, ...item }))
    .slice(page * pageSize, (page + 1) * pageSize)
    .map((item) => Object.entries(item).filter(([name]) => attributes?.includes(name) ?? true));
  const totalPages = Math.ceil(items.length / pageSize);
  return ok({
    meta: { orgid, page, pageSize, totalPages, totalRecords: items.length, links: links(call, page, totalPages) },
    data: shown.map((entries) => Object.fromEntries(entries)),
  });
}

/** Paths to the pages beside, as the API gives them. */
function links({ url }: Call, page: number, totalPages: number): Record<string, string> {
  const to = (number: number) => {
    const other = new URL(url);
    other.searchParams.set('page', String(number));
    return `${other.pathname}${other.search}`;
  };
  return {
    self: to(page),
    first: to(0),
    last: to(Math.max(0, totalPages - 1)),
    ...(page > 0 ? { prev: to(page - 1) } : {}),
    ...(page + 1 < totalPages ? { next: to(page + 1) } : {}),
  };
}

/** The contact center's own shape of an error (OpenAPI, `ApiErrorResponse`). */
export function contactCenterErrorBody({ status, descriptions }: Refusal, trackingId: string): unknown {
  return {
    trackingId,
    error: { key: String(status), message: descriptions.map((description) => ({ description })) },
  };
}

function whole(call: Call, name: string, usual: number): number {
  const value = Number(call.query.get(name) ?? usual);
  if (!Number.isInteger(value) || value < 0) throw badRequest(`${name}: must be a whole number`);
  return value;
}
