// The workspaces of organizations, some of them with hybrid calling: seeded, and changed through the control door.

import { z } from 'zod';
import { webexId } from './ids.ts';
import type { Location, Organization, World } from './world.ts';
import type { Workspace } from './world-services.ts';

/** Three of each organization that has locations: one with an address of its own domain, one with another's, and one that Webex calls itself. */
export function seedWorkspaces(
  organizations: Iterable<Organization>,
  locations: ReadonlyMap<string, Location>,
): Map<string, Workspace> {
  const workspaces = [...organizations].flatMap((organization) => {
    const [building] = [...locations.values()].filter(({ orgId }) => orgId === organization.id);
    if (!building) return [];
    const { id: orgId } = organization;
    const domain = `${organization.displayName.toLowerCase().replace(/[^a-z]+/g, '-')}.example`;
    const of = (displayName: string, calling: Workspace['calling']): Workspace => ({
      ...{ id: webexId('PLACE'), orgId, displayName, locationId: building.id, created: organization.created, calling },
    });
    return [
      of('Boardroom', { type: 'hybridCalling', emailAddress: `wt_40817@${domain}` }),
      of('Lobby', { type: 'hybridCalling', emailAddress: 'lobby@former-provider.example' }),
      of('Training room', { type: 'webexCalling' }),
    ];
  });
  return new Map(workspaces.map((workspace) => [workspace.id, workspace]));
}

/** Known by the name. What is left out stays; `remove` takes it away. */
const ChangedWorkspace = z.strictObject({
  displayName: z.string().min(1),
  /** The address of hybrid calling; null: it has hybrid calling and no address. */
  emailAddress: z.string().nullable().optional(),
  remove: z.boolean().optional(),
});

/** `add`: so many more, with hybrid calling and no address. */
export const ChangedWorkspaces = z.strictObject({
  add: z.int().min(0).max(5_000).default(0),
  items: z.array(ChangedWorkspace).default([]),
});

/** Changes, adds and removes workspaces of an organization. Returns all that it has. */
export function changeWorkspaces(
  { workspaces }: Pick<World, 'workspaces'>,
  { id: orgId, created }: Organization,
  { add, items }: z.infer<typeof ChangedWorkspaces>,
): Workspace[] {
  const its = () => [...workspaces.values()].filter((one) => one.orgId === orgId);
  const first = its().length + 1;
  const more = Array.from(
    { length: add },
    (_, index): z.infer<typeof ChangedWorkspace> => ({
      displayName: `Room ${first + index}`,
      emailAddress: null,
    }),
  );
  for (const { displayName, emailAddress, remove } of [...more, ...items]) {
    const known = its().find((one) => one.displayName === displayName);
    if (remove) {
      if (known) workspaces.delete(known.id);
      continue;
    }
    const before: Workspace = known ?? {
      id: webexId('PLACE'),
      orgId,
      displayName,
      created,
      calling: { type: 'hybridCalling' },
    };
    const calling = { type: 'hybridCalling' as const, ...(emailAddress == null ? {} : { emailAddress }) };
    workspaces.set(before.id, { ...before, calling: emailAddress === undefined ? before.calling : calling });
  }
  return its();
}
