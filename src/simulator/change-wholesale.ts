// What Cisco's provisioning does to a wholesale customer: changed through the control door.

import { z } from 'zod';
import type { Organization, World } from './world.ts';
import type { WholesaleCustomer } from './world-services.ts';

const Problem = z.strictObject({ errorCode: z.number(), description: z.string() });

/** What is left out stays. */
export const ChangedWholesale = z.strictObject({
  status: z.string().optional(),
  packages: z.array(z.string()).optional(),
  /** By package. */
  details: z
    .record(
      z.string(),
      z.strictObject({
        status: z.string().default('provisioned'),
        warnings: z.array(Problem).default([]),
        errors: z.array(Problem).default([]),
      }),
    )
    .optional(),
  errors: z.array(Problem).optional(),
  /** How changes of its packages go. */
  provisioning: z
    .strictObject({
      takesMs: z.number().int().min(0).optional(),
      fails: z.array(Problem.extend({ name: z.string() })).optional(),
      precheck: z.enum(['accepts', 'refuses']).optional(),
    })
    .optional(),
});

type Changed = z.infer<typeof ChangedWholesale>;

/** Changes that of the organization, where it is one. */
export function changeWholesale(world: World, { id }: Organization, changed: Changed): WholesaleCustomer | undefined {
  const before = [...world.wholesaleCustomers.values()].find(({ orgId }) => orgId === id);
  if (before === undefined) return undefined;
  const after = withWholesale(before, changed);
  world.wholesaleCustomers.set(after.id, after);
  return after;
}

function withWholesale(before: WholesaleCustomer, changed: Changed): WholesaleCustomer {
  return {
    ...before,
    status: changed.status ?? before.status,
    packages: changed.packages ?? before.packages,
    details: { ...before.details, ...changed.details },
    errors: changed.errors ?? before.errors,
    ...(changed.provisioning ? { provisioning: { ...before.provisioning, ...changed.provisioning } } : {}),
  };
}
