// Queries on what grants allow, against what their records need.

import { and, asc, eq, gt, ne, sql } from 'drizzle-orm';
import type { Features } from '../domain/scopes.ts';
import type { Db } from './database.ts';
import { connections, organizations } from './schema.ts';

/** A grant of which Webex told the scopes. */
export interface GrantedScopes extends Features {
  organizationId: string;
  roomId: string;
  scopes: string[];
  /** The missing ones that the space was told of. */
  told: string[];
}

/** A page of living grants whose scopes are known, by our id of the organization, from behind `after` on; or that of one organization. */
export function grantedScopes(
  db: Db,
  { of, after, limit }: { of: string | undefined; after: string | undefined; limit: number },
): Promise<GrantedScopes[]> {
  return db
    .select({
      organizationId: connections.organizationId,
      roomId: organizations.roomId,
      wholesale_status: organizations.wholesale_status,
      webex_contact_center: organizations.webex_contact_center,
      scopes: connections.scopes,
      told: connections.toldMissingScopes,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(
      and(
        ne(connections.state, 'lost'),
        sql`cardinality(${connections.scopes}) > 0`,
        of === undefined ? undefined : eq(connections.organizationId, of),
        after === undefined ? undefined : gt(connections.organizationId, after),
      ),
    )
    .orderBy(asc(connections.organizationId))
    .limit(limit);
}

/** Notes which missing scopes the space is told of; false where the grant or that note is not as it was read any more. */
export async function saveToldScopes(
  db: Db,
  { organizationId, scopes, told }: GrantedScopes,
  missing: string[],
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set({ toldMissingScopes: missing })
    .where(
      and(
        eq(connections.organizationId, organizationId),
        eq(connections.scopes, scopes),
        eq(connections.toldMissingScopes, told),
      ),
    )
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}
