// Small parts that the schemas of Webex's replies share. What is odd about a value is mended in reply.ts, not here.

import { z } from 'zod';

/** An ISO time, with `Z` or an offset, as an instant that a database can hold. */
export const instant = z
  .string()
  .pipe(z.coerce.date())
  .refine((time) => time.getUTCFullYear() > 1900 && time.getUTCFullYear() < 9999);

/** An id. Longer ones do not exist, and an index could not hold them. */
export const webexId = z.string().min(1).max(500);

/** Text that says something. */
export const someText = z.string().min(1);

/** A whole number that a `bigint` column and a number of JavaScript both hold: up to 2^53. */
export const wholeNumber = z.number().refine((value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 53);

/** A number of units: the part of one that is not whole counts for nothing, and what is too large to be exact stands for all that is as large or larger. */
export const units = z.number().transform((value) => Math.max(-mostUnits, Math.min(mostUnits, Math.floor(value))));

/** The largest number of units that is told from the next one. */
export const mostUnits = Number.MAX_SAFE_INTEGER;

/** How many of something there are. */
export const count = wholeNumber.refine((value) => value >= 0);

/** A page of a list. Some servers write an empty list as `null`; a reply without `items` is no list. */
export const listOf = <T>(item: z.ZodType<T>) =>
  z.object({
    items: z
      .array(item)
      .nullable()
      .transform((items) => items ?? []),
  });

/** Keys that Webex documents and we have no use for, so that strict parsing knows them. */
export function unused<const Names extends readonly string[]>(
  ...names: Names
): Record<Names[number], z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<
    Names[number],
    z.ZodOptional<z.ZodUnknown>
  >;
}
