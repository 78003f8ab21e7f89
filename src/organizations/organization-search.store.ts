// Finds records by what a person typed of their names. Names are compared by their search keys, which are made and stored here and where a record is written.

import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import { contains } from '../db/contains.ts';
import type { Db } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { closestMatches } from '../lib/closest-match.ts';
import { searchKey } from '../lib/search-key.ts';
import { byName, type Organization } from './organization.store.ts';
import { organizations } from './organizations.schema.ts';

/** Those in scope whose name contains `part`, by the `searchKey` of both, by name; a name that is `part` comes first. */
export function searchOrganizations(
  db: Db,
  { scope, part, limit }: { scope: Scope; part: string; limit: number },
): Promise<Organization[]> {
  const key = searchKey(part);
  return db
    .select()
    .from(organizations)
    .where(and(inScope(scope, organizations.id), nameContains(key)))
    .orderBy(sql`${organizations.searchName} <> ${key}`, ...byName)
    .limit(limit);
}

/** Those in scope of exactly this name, by the `searchKey` of both. */
export const organizationsCalled = (
  db: Db,
  { scope, name, limit }: { scope: Scope; name: string; limit: number },
): Promise<Organization[]> =>
  db
    .select()
    .from(organizations)
    .where(and(inScope(scope, organizations.id), sql`${organizations.searchName} collate "C" = ${searchKey(name)}`))
    .orderBy(asc(organizations.id))
    .limit(limit);

/** The condition that a record's search key holds this one. An index on the parts of keys finds them. */
export function nameContains(key: string): SQL | undefined {
  const parts = sql.join(
    gramsOf(key).map((gram) => sql`${gram}::text`),
    sql`, `,
  );
  const holdsParts = sql`(search_grams(${organizations.searchName}) collate "C") @> array[${parts}]`;
  return key === '' ? undefined : and(holdsParts, nameHolds(key));
}

/** The same without the index, for a walk through an order in which such names come often. */
export const nameHolds = (key: string): SQL => contains(organizations.searchName, key);

/** `search_grams` makes no longer parts. */
const gramLength = 3;
/** More parts of what was typed than these leave out few names more, and each is a list to be read. */
const mostGrams = 6;

/** Parts that cover what was typed, or its beginning. */
function gramsOf(key: string): string[] {
  const characters = Array.from(key);
  const last = Math.max(0, characters.length - gramLength);
  const begins = Array.from({ length: Math.ceil(characters.length / gramLength) }, (_, at) => at * gramLength);
  const grams = begins.map((at) => characters.slice(Math.min(at, last), Math.min(at, last) + gramLength).join(''));
  return grams.slice(0, mostGrams);
}

/** How many records a mistyped name is compared with. */
const mostCompared = 500;

/**
 * Those in scope whose name, or some words of it in a row, is nearly what was typed; the nearest first. Each shares one of three parts with what was typed:
 * two typing errors leave one part as it was.
 */
export async function closestOrganizations(
  db: Db,
  { scope, typed, limit }: { scope: Scope; typed: string; limit: number },
): Promise<Organization[]> {
  const key = searchKey(typed);
  const parts = thirdsOf(key);
  if (parts.length === 0) return [];
  const candidates = await db
    .select()
    .from(organizations)
    .where(and(inScope(scope, organizations.id), or(...parts.map(nameContains))))
    .orderBy(...byName)
    .limit(mostCompared);
  const words = key.split(' ').length;
  const spelled = candidates.flatMap((organization) =>
    wordsInARow(organization.searchName, words).map((spelling) => ({ spelling, organization })),
  );
  const nearest = closestMatches(key, [...new Set(spelled.map(({ spelling }) => spelling))], spelled.length);
  const found = nearest.flatMap((near) => spelled.filter(({ spelling }) => spelling === near));
  return [...new Set(found.map(({ organization }) => organization))].slice(0, limit);
}

/** Parts of two characters or more; the whole where it is shorter than four. */
function thirdsOf(key: string): string[] {
  const characters = Array.from(key);
  const length = Math.max(2, Math.floor(characters.length / 3));
  if (characters.length < 4) return characters.length < 2 ? [] : [key];
  return [0, length, length * 2]
    .map((from, index) => characters.slice(from, index === 2 ? undefined : from + length).join(''))
    .filter((part) => part.length >= 2);
}

/** The whole, and each run of so many of its words. */
function wordsInARow(key: string, count: number): string[] {
  const words = key.split(' ');
  const runs = words.slice(count - 1).map((_, from) => words.slice(from, from + count).join(' '));
  return [...new Set([key, ...runs])];
}

/** How many records a statement brings up to date. */
const keyedAtOnce = 500;

/** Makes the search keys that are empty: of records of an earlier version. Any number of processes may do it at once. Gives how many were made. */
export async function keySearchNames(db: Db): Promise<number> {
  let made = 0;
  for (;;) {
    const unkeyed = await db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(sql`${organizations.searchName} collate "C" = ''`)
      .limit(keyedAtOnce);
    if (unkeyed.length === 0) return made;
    for (const { id, name } of unkeyed) {
      // A name that has no key is its own: it consists of characters that nobody sees.
      const searchName = searchKey(name) || name;
      await db
        .update(organizations)
        .set({ searchName })
        .where(and(eq(organizations.id, id), eq(organizations.name, name)));
    }
    made += unkeyed.length;
  }
}
