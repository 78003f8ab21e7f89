// Small parts that the schemas of Webex's replies share.

import { z } from 'zod';

/** An ISO time, with `Z` or an offset, as an instant. */
export const instant = z.string().pipe(z.coerce.date());

/** Keys that Webex documents and we have no use for, so that strict parsing knows them. */
export function unused<const Names extends readonly string[]>(
  ...names: Names
): Record<Names[number], z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<
    Names[number],
    z.ZodOptional<z.ZodUnknown>
  >;
}
