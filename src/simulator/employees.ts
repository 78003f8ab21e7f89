// The people of an organization whom an administrator lists: a few to begin with, and as many as a test wants.

import { z } from 'zod';
import { BehaviourType, callingProfilesOf, seededCalling } from './calling-behaviour.ts';
import { webexId } from './ids.ts';
import type { Parts } from './parts.ts';
import type { Employee, Location, Organization } from './world.ts';

const FIRST = ['Ana', 'Bo', 'Chidi', 'Dara', 'Emil', 'Fatima', 'Goran', 'Hana', 'Ivo', 'Jun', 'Kaya', 'Luis'];
const LAST = ['Abel', 'Brandt', 'Costa', 'Diaz', 'Eriksen', 'Fox', 'Garcia', 'Haas', 'Ito', 'Jansen', 'Kaur', 'Lima'];
const SEEDED = 12;

/** A dozen people of each organization that has locations. */
export function seedEmployees(
  organizations: Iterable<Organization>,
  locations: ReadonlyMap<string, Location>,
): Map<string, Employee> {
  const employees = [...organizations].flatMap((organization) => {
    const its = [...locations.values()].filter(({ orgId }) => orgId === organization.id);
    return its.length === 0 ? [] : newEmployees(organization, its, SEEDED);
  });
  return new Map(employees.map((employee) => [employee.id, employee]));
}

/** Each of the licenses is held by as large a part of them as the organization uses of it; the last of a dozen may not sign in, the one before has not yet. */
function newEmployees(
  { id: orgId, created, displayName: organizationName, licenses }: Organization,
  locations: readonly Location[],
  count: number,
  from = 0,
): Employee[] {
  const domain = organizationName.toLowerCase().replace(/[^a-z]+/g, '-');
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const name = `${FIRST[number % 12]} ${LAST[Math.floor(number / 12 + number) % 12]}`;
    const part = (number % 12) / 12;
    const held = licenses.filter(({ totalUnits, consumedByUsers }) => part * Math.max(totalUnits, 1) < consumedByUsers);
    const location = locations[number % (locations.length + 1)];
    return {
      id: webexId('PEOPLE'),
      orgId,
      email: `${name.toLowerCase().replace(' ', '.')}.${number}@${domain}.example`,
      displayName: name,
      licenses: held.map(({ id }) => id),
      ...(location === undefined ? {} : { locationId: location.id }),
      invitePending: number % 12 === 10,
      loginEnabled: number % 12 !== 11,
      created,
      ...seededCalling(orgId, number),
    };
  });
}

/** Known by the name. What is left out stays; `remove` takes somebody away. */
const ChangedEmployee = z.strictObject({
  displayName: z.string().min(1),
  /** Names of licenses. */
  licenses: z.array(z.string()).optional(),
  /** The name of a location; null for none. */
  location: z.string().nullable().optional(),
  invitePending: z.boolean().optional(),
  loginEnabled: z.boolean().optional(),
  /** The calling behaviour of the person alone; null for none. `hidden`: Webex answers nobody of it. */
  callingBehaviour: z
    .union([BehaviourType, z.literal('hidden')])
    .nullable()
    .optional(),
  /** The name of a UC Manager profile. */
  callingProfile: z.string().optional(),
  remove: z.boolean().optional(),
});

/** `add`: so many more. */
export const ChangedEmployees = z.strictObject({
  add: z.int().min(0).max(50_000).default(0),
  items: z.array(ChangedEmployee).default([]),
});

/** Changes, adds and removes people of an organization. Returns how many it has then. */
export function changeEmployees(
  { world: { employees, locations }, now }: Pick<Parts, 'world' | 'now'>,
  organization: Organization,
  { add, items }: z.infer<typeof ChangedEmployees>,
): number {
  const buildings = [...locations.values()].filter(({ orgId }) => orgId === organization.id);
  const its = () => [...employees.values()].filter(({ orgId }) => orgId === organization.id);
  for (const more of newEmployees(organization, buildings, add, its().length)) employees.set(more.id, more);
  const [template] = newEmployees(organization, [], 1);
  for (const { displayName, licenses, location, remove, callingBehaviour, callingProfile, ...changed } of items) {
    const found = its().find((employee) => employee.displayName === displayName);
    if (remove) {
      if (found) employees.delete(found.id);
      continue;
    }
    const next = found ?? (template && { ...template, id: webexId('PEOPLE'), displayName, licenses: [] });
    if (!next) continue;
    const building = buildings.find(({ name }) => name === location);
    const { locationId: _before, ...elsewhere } = next;
    employees.set(next.id, {
      ...(location === undefined ? next : { ...elsewhere, ...(building && { locationId: building.id }) }),
      ...(licenses && {
        licenses: organization.licenses.filter(({ name }) => licenses.includes(name)).map(({ id }) => id),
      }),
      invitePending: changed.invitePending ?? next.invitePending,
      loginEnabled: changed.loginEnabled ?? next.loginEnabled,
      lastModified: now().toISOString(),
      ...(callingBehaviour !== undefined && {
        calling: {
          behaviorType: callingBehaviour === 'hidden' ? null : callingBehaviour,
          profileId: callingProfilesOf(organization.id).find(({ name }) => name === callingProfile)?.id ?? null,
          isHidden: callingBehaviour === 'hidden',
        },
      }),
    });
  }
  return its().length;
}
