// The wholesale program: the customers that a partner provisioned.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { organizationUuid } from './ids.ts';
import { unused } from './shapes.ts';

const customersSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      orgId: z.string().optional(),
      ...unused('externalId', 'address', 'status', 'packages', 'resourceDetails', 'errors'),
    }),
  ),
});

/**
 * Whether the organization, by the API's base64 id, is a wholesale customer of the grantor's partner. An answer about others says nothing of it. Needs the
 * scope `spark-admin:wholesale_customers_read` (OpenAPI, GET /wholesale/customers).
 */
export async function readWholesaleCustomer(client: WebexClient, webexOrgId: string): Promise<boolean> {
  const query = { orgId: webexOrgId, max: 1 };
  const { items } = await client.get('/wholesale/customers', { query }, customersSchema);
  const wanted = organizationUuid(webexOrgId);
  return items.some(({ orgId }) => orgId === undefined || organizationUuid(orgId) === wanted);
}
