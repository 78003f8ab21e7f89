// An organization with more people, locations and licenses than fit on a page, each.
import type { faultsOf } from './story.ts';

/** What `makeLarge` brings an organization to, whatever it had before. */
export const large = { people: 20_000, locations: 2_000, licenses: 500 };

/** Gives the simulator's organization of that name as many of each as `large` says. Its administrators are not counted among its people. */
export async function makeLarge(faults: ReturnType<typeof faultsOf>, name: string): Promise<void> {
  await faults.employees(name, { add: large.people - (await faults.employees(name, {})) });
  await faults.locations(name, named('Location', large.locations - (await faults.locations(name, [])).length));
  await faults.licenses(name, named('License', large.licenses - (await faults.licenses(name, [])).length));
}

const named = (what: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${what} ${index}` }));
