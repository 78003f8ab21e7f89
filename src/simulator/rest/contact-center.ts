// The contact center's API, of which each region is a host in life and the first part of the path here: the sites of an organization.

import { keyOf } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { administered } from './access.ts';
import { badRequest, type Call, forbidden, notFound, ok, type Refusal, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

const PAGE_SIZE = 100;

export function contactCenterRoutes(deps: Deps): Route[] {
  return [
    {
      method: 'GET',
      path: '/{region}/organization/{orgid}/v2/site',
      scopes: ['cjp:config_read', 'cjp:config'],
      handle(caller, call) {
        const { region, orgid } = call.params;
        // The UUID, not the API's usual id.
        const organization = administered(deps, caller).find(({ id }) => keyOf(id) === orgid);
        if (organization === undefined) throw forbidden();
        const contactCenter = deps.world.contactCenters.get(organization.id);
        if (contactCenter === undefined || contactCenter.region !== region) throw notFound();
        const pageSize = Math.min(PAGE_SIZE, whole(call, 'pageSize', PAGE_SIZE));
        const page = whole(call, 'page', 0);
        const attributes = call.query.get('attributes')?.split(',');
        const sites = contactCenter.sites.map((site) => ({ organizationId: orgid, version: 1, ...site }));
        const shown = sites
          .slice(page * pageSize, (page + 1) * pageSize)
          .map((site) => Object.entries(site).filter(([name]) => attributes?.includes(name) ?? true));
        return ok({
          meta: { page, pageSize, totalPages: Math.ceil(sites.length / pageSize), totalRecords: sites.length },
          data: shown.map((entries) => Object.fromEntries(entries)),
        });
      },
    },
  ];
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
