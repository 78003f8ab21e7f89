// GET /wholesale/customers: the customers that a partner provisioned through the wholesale program.

import type { Parts } from '../parts.ts';
import { ROLES } from '../seed.ts';
import type { WholesaleCustomer } from '../world.ts';
import { type Caller, forbidden, notFound, ok, page, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

const SCOPES = ['spark-admin:wholesale_customers_read', 'spark-admin:wholesale_customers_write'];

export function wholesaleRoutes({ world }: Deps): Route[] {
  /** Throws a 403 for whoever is no administrator of a partner. */
  const customersOf = ({ person }: Caller) => {
    const isPartner = [ROLES.partnerAdministrator, ROLES.wholesaleAdministrator].some(({ id }) =>
      person.roles.includes(id),
    );
    if (!isPartner) throw forbidden();
    return [...world.wholesaleCustomers.values()].filter(({ orgId }) => person.administers.includes(orgId));
  };

  return [
    {
      method: 'GET',
      path: '/wholesale/customers',
      scopes: SCOPES,
      handle(caller, call) {
        const orgId = call.query.get('orgId');
        const externalId = call.query.get('externalId');
        const status = call.query.get('status')?.split(',');
        const found = customersOf(caller).filter(
          (customer) =>
            (orgId === null || customer.orgId === orgId) &&
            (externalId === null || customer.externalId === externalId) &&
            (status === undefined || status.includes('provisioned')),
        );
        return page(call, found.map(view), { usual: 100, most: 1000 });
      },
    },
    {
      method: 'GET',
      path: '/wholesale/customers/{customerId}',
      scopes: SCOPES,
      handle(caller, call) {
        const found = customersOf(caller).find(({ id }) => id === call.params['customerId']);
        if (found === undefined) throw notFound();
        return ok(view(found));
      },
    },
  ];
}

/** A customer with the fields of Webex's OpenAPI description; everything here is provisioned. */
function view({ id, orgId, externalId, address, packages }: WholesaleCustomer): Record<string, unknown> {
  const status = 'provisioned';
  return {
    id,
    orgId,
    externalId,
    address,
    status,
    packages,
    resourceDetails: { packages: packages.map((name) => ({ name, status })) },
  };
}
