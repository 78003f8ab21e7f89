// Reads where a space stands, and what whoever acts there may do. Both are read anew for every command: rights that were taken away count at once.

import { PROVIDER_PATH } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { type Actor, type Standing, scopeFor } from './actor.ts';
import { findStanding } from './rights.store.ts';

/** The standing of the actor in a space. Whoever has lost all rights meanwhile holds nothing. */
export async function standingOf(
  db: Db,
  { rights, personId }: Pick<Actor, 'rights' | 'personId'>,
  roomId: string,
): Promise<Standing> {
  const { given, ...where } = await findStanding(db, { roomId, personId });
  switch (rights) {
    case 'configured':
      return { ...where, held: [{ role: 'administrator', path: PROVIDER_PATH }] };
    case 'given':
      return { ...where, held: given };
    case 'none':
      return { ...where, held: [] };
  }
}

/** What the actor may see in a space. */
export async function scopeOf(db: Db, actor: Pick<Actor, 'rights' | 'personId'>, roomId: string): Promise<Scope> {
  return scopeFor(await standingOf(db, actor, roomId), 'viewer');
}
