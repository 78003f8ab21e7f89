// What an administrator of a contact center does in its own portal: changed through the control door.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Organization, World } from './world.ts';
import type { ContactCenter, ContactCenterItem } from './world-services.ts';

/** Things of a list are known by their names: what is left out stays, `remove` takes one away. `region`: where it is served from now on. */
export const ChangedContactCenter = z.strictObject({
  region: z.string().min(1).optional(),
  list: z.enum(['sites', 'teams', 'queues', 'entryPoints']).default('sites'),
  items: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        rename: z.string().min(1).optional(),
        active: z.boolean().optional(),
        remove: z.boolean().optional(),
      }),
    )
    .default([]),
});

type Changed = z.infer<typeof ChangedContactCenter>;

/** Changes that of the organization, where it has one. */
export function changeContactCenter(
  world: World,
  organization: Organization,
  changed: Changed,
): ContactCenter | undefined {
  const before = world.contactCenters.get(organization.id);
  if (before) world.contactCenters.set(organization.id, withContactCenter(before, changed));
  return world.contactCenters.get(organization.id);
}

function withContactCenter(before: ContactCenter, { region, list, items }: Changed): ContactCenter {
  const known = new Map<string, ContactCenterItem>(before[list].map((item) => [item.name, item]));
  for (const { name, rename, active, remove } of items) {
    const item = known.get(name) ?? { id: randomUUID(), name, active: true, systemDefault: false };
    if (remove) known.delete(name);
    else known.set(name, { ...item, name: rename ?? name, active: active ?? item.active });
  }
  return { ...before, region: region ?? before.region, [list]: [...known.values()] };
}
