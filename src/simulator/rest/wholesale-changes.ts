// Changes of wholesale customers: accepted at once, and carried out in the time that provisioning takes.

import { z } from 'zod';
import { webexId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { WholesaleCustomer } from '../world-services.ts';
import { badRequest, type Caller, jsonBody, notFound, ok, Refusal, type Route } from './answer.ts';

const PACKAGES: readonly string[] = [
  'common_area_calling',
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'cisco_calling_plan',
  'attendant_console',
  'cx_premium_agent',
  'cx_standard_agent',
  'cx_voice_ports',
  'cx_ai_assistant',
  'webex_ai_agent',
];

/** What a package needs one of. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  cisco_calling_plan: [
    'common_area_calling',
    'webex_calling',
    'webex_suite',
    'webex_voice',
    'cx_essentials',
    'webex_calling_standard',
  ],
  attendant_console: ['webex_calling', 'webex_suite', 'cx_essentials'],
};

/** How long provisioning takes where nobody has said otherwise. */
const USUAL_MS = 20_000;
/** A new customer is provisioned sooner, so that a demonstration need not wait. */
const NEW_MS = 2_000;

const Address = z.object({
  addressLine1: z.string().max(50),
  addressLine2: z.string().max(50).optional(),
  city: z.string(),
  stateOrProvince: z.string().optional(),
  zipOrPostalCode: z.string().optional(),
  country: z.string().length(2),
});
const Parameters = z.object({
  calling: z
    .object({
      location: z.object({
        name: z.string(),
        address: Address,
        timezone: z.string(),
        language: z.string(),
        emergencyLocationIdentifier: z.string().optional(),
      }),
    })
    .optional(),
  meetings: z.object({ timezone: z.string() }).optional(),
  packages: z.object({ limits: z.record(z.enum(PACKAGES as [string, ...string[]]), z.number()) }).optional(),
});
const Update = z.object({
  packages: z.array(z.enum(PACKAGES as [string, ...string[]])).min(1),
  externalId: z.string().optional(),
  address: Address.optional(),
  provisioningParameters: Parameters.optional(),
});
const Create = Update.extend({
  provisioningId: z.string().min(1),
  externalId: z.string().min(1),
  address: Address,
  orgId: z.string(),
});
const Precheck = z.object({
  address: Address,
  provisioningId: z.string().optional(),
  packages: z.array(z.enum(PACKAGES as [string, ...string[]])).optional(),
  orgId: z.string().optional(),
  externalId: z.string().optional(),
  provisioningParameters: Parameters.optional(),
});

const scopes = ['spark-admin:wholesale_customers_write'];

/** `customersOf` gives those of the caller's partner, and throws a 403 for whoever is none. */
export function wholesaleChangeRoutes(
  { world, now, url, happened }: Pick<Parts, 'world' | 'now' | 'url' | 'happened'>,
  customersOf: (caller: Caller) => WholesaleCustomer[],
): Route[] {
  return [
    {
      method: 'PUT',
      path: '/wholesale/customers/{customerId}',
      scopes,
      handle(caller, call) {
        const found = customersOf(caller).find(({ id }) => id === call.params['customerId']);
        if (found === undefined) throw notFound();
        const { packages, externalId, address } = jsonBody(Update, call);
        refuseLonely(packages);
        if (found.work) throw new Refusal(409, 'The customer is being updated.');
        const takesMs = found.provisioning?.takesMs ?? USUAL_MS;
        world.wholesaleCustomers.set(found.id, {
          ...found,
          externalId: externalId ?? found.externalId,
          address: address ? { ...found.address, ...address } : found.address,
          status: 'updating',
          errors: [],
          packages,
          work: { from: found.packages, endsAt: new Date(now().getTime() + takesMs).toISOString() },
        });
        happened({ resource: 'simulator', event: 'wholesale' });
        const location = `${url()}/v1/wholesale/customers/${found.id}`;
        return { status: 202, body: { url: location }, headers: { Location: location } };
      },
    },
    {
      method: 'POST',
      path: '/wholesale/customers',
      scopes,
      handle(caller, call) {
        const mine = customersOf(caller);
        const { packages, externalId, address, orgId } = jsonBody(Create, call);
        refuseLonely(packages);
        if (!caller.person.administers.includes(orgId)) throw notFound();
        if (mine.some((customer) => customer.orgId === orgId))
          throw new Refusal(409, 'The organization is a customer.');
        const id = webexId('ENTERPRISE');
        world.wholesaleCustomers.set(id, {
          ...{ id, orgId, externalId, address, packages, status: 'provisioning', details: {}, errors: [] },
          work: { from: [], endsAt: new Date(now().getTime() + NEW_MS).toISOString() },
        });
        happened({ resource: 'simulator', event: 'wholesale' });
        const location = `${url()}/v1/wholesale/customers/${id}`;
        return { status: 202, body: { url: location }, headers: { Location: location } };
      },
    },
    {
      method: 'POST',
      path: '/wholesale/customers/validate',
      scopes,
      handle(caller, call) {
        const mine = customersOf(caller);
        const { packages = [], orgId } = jsonBody(Precheck, call);
        refuseLonely(packages);
        const existing = mine.find((customer) => customer.orgId === orgId);
        if (existing?.provisioning?.precheck === 'refuses') {
          throw badRequest('The organization is provisioned as a wholesale customer already.');
        }
        return ok({
          message: 'success',
          info: [{ infoCode: 100, description: 'Provisioning preCheck validation successful.' }],
        });
      },
    },
  ];
}

/** Throws a 400 where a package lacks what it depends on. */
function refuseLonely(packages: readonly string[]): void {
  for (const name of packages) {
    const needed = NEEDS[name];
    if (needed && !needed.some((other) => packages.includes(other))) {
      throw badRequest(`The package ${name} depends on one of: ${needed.join(', ')}.`);
    }
  }
}

/** The customer as it is by now: work whose time has passed is done, or has failed. */
export function settled(customer: WholesaleCustomer, now: Date): WholesaleCustomer {
  const { work, provisioning, ...rest } = customer;
  if (!work || new Date(work.endsAt) > now) return customer;
  const failed = (provisioning?.fails ?? []).filter(
    ({ name }) => rest.packages.includes(name) && !work.from.includes(name),
  );
  const details = Object.fromEntries(
    failed.map(({ name, errorCode, description }) => [name, { status: 'error', errors: [{ errorCode, description }] }]),
  );
  return {
    ...rest,
    ...(provisioning ? { provisioning } : {}),
    status: failed.length > 0 ? 'provisioned_with_errors' : 'provisioned',
    details,
  };
}
