// What a customer buys, uses and gives back: the licenses of an organization, changed through the control door.

import { z } from 'zod';
import { webexId } from './ids.ts';
import type { License, Organization } from './world.ts';

/** Known by its name. What is left out stays; `remove` takes it away. */
export const ChangedLicense = z.strictObject({
  name: z.string().min(1),
  totalUnits: z.number().optional(),
  consumedByUsers: z.number().optional(),
  consumedByWorkspaces: z.number().optional(),
  subscriptionId: z.string().optional(),
  siteUrl: z.string().optional(),
  remove: z.boolean().optional(),
});

type Changed = z.infer<typeof ChangedLicense>;

/** The organization with these licenses changed, added or removed. */
export function withLicenses(organization: Organization, changes: readonly Changed[]): Organization {
  const licenses = new Map(organization.licenses.map((license) => [license.name, license]));
  for (const { name, remove, ...changed } of changes) {
    if (remove) licenses.delete(name);
    else licenses.set(name, changedLicense(licenses.get(name) ?? newLicense(name), changed));
  }
  return { ...organization, licenses: [...licenses.values()] };
}

const newLicense = (name: string): License => ({
  id: webexId('LICENSE'),
  name,
  totalUnits: 0,
  consumedUnits: 0,
  consumedByUsers: 0,
  consumedByWorkspaces: 0,
});

function changedLicense(license: License, changed: Omit<Changed, 'name' | 'remove'>): License {
  const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
  const next: License = { ...license, ...given };
  return { ...next, consumedUnits: next.consumedByUsers + next.consumedByWorkspaces };
}
