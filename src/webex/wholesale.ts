// The wholesale program: the customers that a partner provisioned.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { unused } from './shapes.ts';

const customersSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      ...unused('orgId', 'externalId', 'address', 'status', 'packages', 'resourceDetails', 'errors'),
    }),
  ),
});

/** Resolves where the grant may read wholesale customers; needs the scope `spark-admin:wholesale_customers_read` (OpenAPI, GET /wholesale/customers). */
export async function readWholesaleCustomer(client: WebexClient, webexOrgId: string): Promise<void> {
  await client.get('/wholesale/customers', { query: { orgId: webexOrgId, max: 1 } }, customersSchema);
}
