// The wholesale program: the customers that a partner provisioned, and their subscribers.

import type { Parts } from '../parts.ts';
import { ROLES } from '../seed.ts';
import type { WholesaleCustomer, WholesaleSubscriber } from '../world-services.ts';
import { type Caller, forbidden, notFound, ok, page, type Route } from './answer.ts';
import { settled, wholesaleChangeRoutes } from './wholesale-changes.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'url' | 'happened'>;

const SCOPES = ['spark-admin:wholesale_customers_read', 'spark-admin:wholesale_customers_write'];

export function wholesaleRoutes(deps: Deps): Route[] {
  const { world, now } = deps;
  /** Throws a 403 for whoever is no administrator of a partner. */
  const customersOf = ({ person }: Caller) => {
    const isPartner = [ROLES.partnerAdministrator, ROLES.wholesaleAdministrator].some(({ id }) =>
      person.roles.includes(id),
    );
    if (!isPartner) throw forbidden();
    const mine = [...world.wholesaleCustomers.values()].filter(({ orgId }) => person.administers.includes(orgId));
    return mine.map((customer) => {
      const is = settled(customer, now());
      world.wholesaleCustomers.set(is.id, is);
      return is;
    });
  };

  return [
    ...wholesaleChangeRoutes(deps, customersOf),
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
            (status === undefined || status.includes(customer.status)),
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
    {
      method: 'GET',
      path: '/wholesale/subscribers',
      scopes: ['spark-admin:wholesale_subscribers_read', 'spark-admin:wholesale_subscribers_write'],
      handle(caller, call) {
        const mine = new Map(customersOf(caller).map((customer) => [customer.id, customer]));
        const fits = (name: string, value: string) => (call.query.get(name) ?? value) === value;
        const found = [...world.wholesaleSubscribers.values()].flatMap((subscriber) => {
          const customer = mine.get(subscriber.customerId);
          const isAsked =
            customer !== undefined &&
            fits('customerId', customer.id) &&
            fits('externalCustomerId', customer.externalId) &&
            fits('status', subscriber.status) &&
            fits('email', subscriber.email) &&
            fits('personId', subscriber.personId);
          return isAsked ? [subscriberView(subscriber, customer)] : [];
        });
        return page(call, found, { usual: 50, most: 100 });
      },
    },
  ];
}

/** A customer with the fields of Webex's OpenAPI description. */
function view({ id, orgId, externalId, address, packages, status, details, errors, work }: WholesaleCustomer) {
  const all = [...new Set([...packages, ...(work?.from ?? [])])];
  const now = (name: string) => {
    if (!work || (packages.includes(name) && work.from.includes(name))) return 'provisioned';
    return packages.includes(name) ? 'provisioning' : 'deleting';
  };
  return {
    id,
    orgId,
    externalId,
    address,
    status,
    packages,
    resourceDetails: { packages: all.map((name) => ({ name, status: now(name), ...details[name] })) },
    ...(errors.length > 0 ? { errors } : {}),
  };
}

/** A subscriber with the fields of Webex's OpenAPI description: the first package stands alone, too. */
function subscriberView({ errors, ...subscriber }: WholesaleSubscriber, { externalId }: WholesaleCustomer) {
  return {
    ...subscriber,
    externalCustomerId: externalId,
    package: subscriber.packages[0],
    ...(errors.length > 0 ? { errors } : {}),
  };
}
