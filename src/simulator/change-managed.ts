// What a partner wins, loses and finds renamed: the organizations that it manages, changed through the control door.

import { z } from 'zod';
import type { Parts } from './parts.ts';
import { giveOwnTokens } from './rest/access.ts';
import { newCustomer, ROLES } from './seed.ts';
import type { Organization } from './world.ts';

/** `add`: so many new customers. Items are known by their names. */
export const ChangedManaged = z.strictObject({
  add: z.int().min(0).max(10_000).default(0),
  items: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** Managed from now on, or with false no more. */
        managed: z.boolean().optional(),
        rename: z.string().min(1).optional(),
        /** In place of the tags that it had. */
        tags: z.array(z.string().min(1).max(25)).max(5).optional(),
      }),
    )
    .default([]),
});

/** Changes what the administrators of a partner manage. Returns those organizations. */
export function changeManaged(
  deps: Parts,
  partner: Organization,
  { add, items }: z.infer<typeof ChangedManaged>,
): Pick<Organization, 'id' | 'displayName'>[] {
  const { world } = deps;
  const won = new Set(addCustomers(deps, add).map(({ id }) => id));
  const lost = new Set<string>();
  for (const { name, managed, rename, tags } of items) {
    const found = [...world.organizations.values()].find(({ displayName }) => displayName === name);
    if (found === undefined) continue;
    if (managed !== undefined) (managed ? won : lost).add(found.id);
    if (rename === undefined && tags === undefined) continue;
    const changed = { ...found, ...(tags && { tags }), displayName: rename ?? found.displayName };
    world.organizations.set(found.id, changed);
  }
  const administrators = [...world.people.values()].filter(
    ({ orgId, roles }) => orgId === partner.id && roles.includes(ROLES.partnerAdministrator.id),
  );
  for (const person of administrators) {
    const administers = [...new Set([...person.administers, ...won])].filter((id) => !lost.has(id));
    world.people.set(person.id, { ...person, administers });
  }
  const managed = new Set(administrators.flatMap(({ id }) => world.people.get(id)?.administers ?? []));
  return [...world.organizations.values()]
    .filter(({ id }) => id !== partner.id && managed.has(id))
    .map(({ id, displayName }) => ({ id, displayName }));
}

function addCustomers(deps: Parts, count: number): Organization[] {
  const { world } = deps;
  const first = world.organizations.size + 1;
  const customers = Array.from({ length: count }, (_, index) => newCustomer(first + index, deps.now()));
  for (const { organization, administrator } of customers) {
    world.organizations.set(organization.id, organization);
    world.people.set(administrator.id, administrator);
  }
  giveOwnTokens(deps);
  return customers.map(({ organization }) => organization);
}
