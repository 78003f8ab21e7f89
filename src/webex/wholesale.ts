// The wholesale program: the customers that a service provider provisioned, their packages, and who subscribes to them.

import { z } from 'zod';
import type { ListPage, WebexClient } from './client.ts';
import { organizationUuid } from './ids.ts';
import { instant, listOf, someText, unused, webexId, wholeNumber } from './shapes.ts';

const problemSchema = z.object({
  errorCode: wholeNumber.optional(),
  description: someText.optional(),
});
/** A warning or an error: a number of Cisco's, and its text. */
export type WholesaleProblem = z.infer<typeof problemSchema>;

const packageSchema = z.object({
  name: someText,
  status: someText.optional(),
  warnings: z.array(problemSchema).optional(),
  errors: z.array(problemSchema).optional(),
  ...unused('licenseIds'),
});

const customerSchema = z.object({
  id: webexId,
  /** Absent until the customer is provisioned. */
  orgId: webexId.optional(),
  externalId: someText.optional(),
  address: z
    .object({
      addressLine1: someText.optional(),
      addressLine2: someText.optional(),
      city: someText.optional(),
      stateOrProvince: someText.optional(),
      zipOrPostalCode: someText.optional(),
      country: someText.optional(),
    })
    .optional(),
  status: someText.optional(),
  packages: z.array(someText).optional(),
  resourceDetails: z.object({ packages: z.array(packageSchema).optional() }).optional(),
  errors: z.array(problemSchema).optional(),
});
export type WholesaleCustomer = z.infer<typeof customerSchema>;

/** What a change is made from: a package that is left out of a change is removed, so that one odd package makes the whole answer unreadable. */
const wholeCustomerSchema = customerSchema.extend({
  packages: z.custom<string[]>(
    (value) => Array.isArray(value) && value.every((one) => typeof one === 'string' && one.trim() !== ''),
  ),
});
export type WholeCustomer = z.infer<typeof wholeCustomerSchema>;

const subscriberSchema = z.object({
  id: webexId,
  package: someText.optional(),
  packages: z.array(someText).optional(),
  status: someText.optional(),
  errors: z.array(problemSchema).optional(),
  lastStatusChange: instant.optional(),
  ...unused('personId', 'email', 'customerId', 'externalCustomerId', 'created'),
});
export type WholesaleSubscriber = z.infer<typeof subscriberSchema>;

/**
 * The wholesale customer of an organization, by the API's base64 id, or undefined where the grantor's partner has none. An answer about others says nothing of
 * it. Needs the scope `spark-admin:wholesale_customers_read` (OpenAPI, GET /wholesale/customers).
 */
export async function findWholesaleCustomer(
  client: WebexClient,
  webexOrgId: string,
): Promise<WholesaleCustomer | undefined> {
  const query = { orgId: webexOrgId, max: 1 };
  const { items } = await client.get('/wholesale/customers', { query }, listOf(customerSchema));
  const wanted = organizationUuid(webexOrgId);
  return items.find(({ orgId }) => orgId === undefined || organizationUuid(orgId) === wanted);
}

/** Whether the organization is a wholesale customer of the grantor's partner. */
export const readWholesaleCustomer = async (client: WebexClient, webexOrgId: string): Promise<boolean> =>
  (await findWholesaleCustomer(client, webexOrgId)) !== undefined;

/**
 * A page of the subscribers of a wholesale customer (OpenAPI, GET /wholesale/subscribers; scope `spark-admin:wholesale_subscribers_read`). `from`: what the
 * page before has named as next; null for the first page.
 * @param customerId of `WholesaleCustomer`
 */
export const subscribersPage = (
  client: WebexClient,
  customerId: string,
  from: string | null,
): Promise<ListPage<{ items: WholesaleSubscriber[] }>> =>
  client.page('/wholesale/subscribers', { query: { customerId, max: 100 } }, listOf(subscriberSchema), from);

/**
 * Asks for exactly these packages: one that is left out is removed. Webex accepts that (202) and carries it out later; the returned id is of the customer whose
 * state tells of it. Asked again it changes nothing more. Needs the scope `spark-admin:wholesale_customers_write` (OpenAPI, PUT
 * /wholesale/customers/{customerId}).
 */
export async function changeWholesalePackages(
  client: WebexClient,
  {
    customerId,
    packages,
    parameters,
  }: { customerId: string; packages: readonly string[]; parameters?: object | undefined },
): Promise<string> {
  const body = { packages, ...(parameters && { provisioningParameters: parameters }) };
  const { path } = await client.acceptLater('PUT', '/wholesale/customers/{customerId}', {
    ...{ params: { customerId }, body },
  });
  return customerIdIn(path) ?? customerId;
}

/**
 * Asks for a wholesale customer of an organization that exists. Webex accepts that (202) and carries it out later; returns the new customer's id, or undefined
 * where Webex names none (OpenAPI, POST /wholesale/customers; scope `spark-admin:wholesale_customers_write`).
 */
export async function provisionWholesaleCustomer(client: WebexClient, body: object): Promise<string | undefined> {
  const { path } = await client.acceptLater('POST', '/wholesale/customers', { body });
  return customerIdIn(path);
}

function customerIdIn(path: string | null): string | undefined {
  const [, id] = /^\/wholesale\/customers\/([^/?]+)\/?$/.exec(path ?? '') ?? [];
  try {
    return id === undefined ? undefined : decodeURIComponent(id);
  } catch {
    // No id at all: whoever asks looks for the customer.
    return undefined;
  }
}

/** A wholesale customer by its own id (OpenAPI, GET /wholesale/customers/{customerId}; scope `spark-admin:wholesale_customers_read`). */
export const readWholesale = (client: WebexClient, customerId: string): Promise<WholesaleCustomer> =>
  client.get('/wholesale/customers/{customerId}', { params: { customerId } }, customerSchema);

/** The same to change it from: all its packages, or none of the answer. */
export const readWholeCustomer = (client: WebexClient, customerId: string): Promise<WholeCustomer> =>
  client.get('/wholesale/customers/{customerId}', { params: { customerId } }, wholeCustomerSchema);

const precheckSchema = z.object({
  message: someText.optional(),
  info: z.array(z.object({ infoCode: wholeNumber.optional(), description: someText.optional() })).optional(),
});

/**
 * What Webex's precheck says of these packages, in words. It changes nothing. Needs `spark-admin:wholesale_customers_write` (OpenAPI, POST
 * /wholesale/customers/validate).
 * @throws WebexRefused where provisioning would fail, WebexUnavailable
 */
export async function precheckWholesale(
  client: WebexClient,
  {
    customer: { orgId, externalId, address },
    packages,
    parameters,
  }: {
    customer: Pick<WholesaleCustomer, 'orgId' | 'externalId' | 'address'>;
    packages: readonly string[];
    parameters?: object | undefined;
  },
): Promise<string> {
  const body = { address, packages, orgId, externalId, ...(parameters && { provisioningParameters: parameters }) };
  const { message, info = [] } = await client.post('/wholesale/customers/validate', { body }, precheckSchema);
  const words = info.map(({ description }) => description).filter((description) => description !== undefined);
  return words.join(' ') || (message ?? 'success');
}
