// Queries on granted scopes and on the missing ones that spaces were notified of.

import { and, asc, eq, gt, ne, or, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { connections } from './connections.schema.ts';
import type { Features, Serving } from './scopes.ts';

/** A grant whose scopes Webex named. */
export interface GrantedScopes extends Features, Serving {
  organizationId: string;
  roomId: string;
  servesAsPartner: boolean;
  scopes: string[];
  /** The missing ones that the space was notified of. */
  told: string[];
}

/** A page of living grants of persons whose scopes are known, by our id of the organization, from behind `after` on; or that of one organization or of its partner. */
export function grantedScopes(
  db: Db,
  { of, after, limit }: { of: string | undefined; after: string | undefined; limit: number },
): Promise<GrantedScopes[]> {
  return db
    .select({
      organizationId: connections.organizationId,
      roomId: organizations.roomId,
      sync: organizations.sync,
      wholesale_status: organizations.wholesale_status,
      webex_contact_center: organizations.webex_contact_center,
      servesAsPartner: organizations.servesAsPartner,
      default_calling_behaviour: organizations.default_calling_behaviour,
      email_domain: organizations.email_domain,
      ownsServiceApp: organizations.ownsServiceApp,
      toOwnServiceApp: organizations.toOwnServiceApp,
      scopes: connections.scopes,
      told: connections.notifiedMissingScopes,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(
      and(
        ne(connections.state, 'lost'),
        // What a service app may is registered with the app: nobody grants it more by reconnecting.
        ne(connections.way, 'service_app'),
        sql`cardinality(${connections.scopes}) > 0`,
        of === undefined ? undefined : isOrServes(of),
        after === undefined ? undefined : gt(connections.organizationId, after),
      ),
    )
    .orderBy(asc(connections.organizationId))
    .limit(limit);
}

/** The grant of the organization, or of the partner that holds it: what the one needs, the other must be granted. */
const isOrServes = (organizationId: string) =>
  or(
    eq(connections.organizationId, organizationId),
    sql`${connections.organizationId} = (select held.via_organization_id from ${connections} held where held.organization_id = ${organizationId})`,
  );

/** A grant, and which needed scopes it lacks. */
export interface LackingGrant {
  grant: GrantedScopes;
  missing: string[];
}

/** Saves the missing scopes that spaces are notified of, in one statement. Returns the ids that were saved: not those that changed since they were read. */
export async function saveNotifiedScopes(db: Db, lacking: readonly LackingGrant[]): Promise<Set<string>> {
  if (lacking.length === 0) return new Set();
  const noted = lacking.map(({ grant: { organizationId: id, scopes, told }, missing }) => ({
    id,
    scopes,
    told,
    missing,
  }));
  // Locked in one order, so that two processes never deadlock.
  const saved = await rows<{ id: string }>(
    db,
    sql`with held as (
        select ${connections.organizationId} as id, noted.missing from ${connections}
        join jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as noted(id uuid, scopes text[], told text[], missing text[])
          on ${connections.organizationId} = noted.id and ${connections.scopes} = noted.scopes
            and ${connections.notifiedMissingScopes} = noted.told
        order by ${connections.organizationId} for update of connections
      )
      update ${connections} set told_missing_scopes = held.missing from held
      where ${connections.organizationId} = held.id
      returning ${connections.organizationId} as id`,
  );
  return new Set(saved.map(({ id }) => id));
}
