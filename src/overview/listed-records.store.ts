// What a list shows of organizations, read for the rows of a page alone.

import { eq, type SQL, sql } from 'drizzle-orm';
import { stateOfConnection } from '../connections/connection.store.ts';
import type { ConnectionState } from '../connections/connection-words.ts';
import { connections } from '../connections/connections.schema.ts';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { wholesaleStatusOf } from '../directory/wholesale/wholesale.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** What a list shows of an organization. */
export interface ListedOrganization {
  id: string;
  name: string;
  /** The UUID that Control Hub shows. */
  number: string;
  /** The name of its node. */
  customer: string;
  isWholesale: boolean;
  /** Of its wholesale customer, as Webex writes it; null where none was read. */
  wholesaleStatus: string | null;
  /** Whether its grant may hold others: a partner's, or that of the service app's owner. */
  holdsOthers: boolean;
  /** Null where nobody has connected it. */
  connection: ConnectionState | null;
}

const listed = {
  id: organizations.id,
  name: organizations.name,
  number: organizations.account_number_external,
  customer: customers.name,
  isWholesale: organizations.wholesale_status,
  wholesaleStatus: wholesaleStatusOf(sql`${organizations.id}`),
  holdsOthers: sql<boolean>`(${organizations.servesAsPartner} or ${organizations.ownsServiceApp})`,
  connection: stateOfConnection,
};

export const onConnection = eq(connections.organizationId, organizations.id);

/** A column of what `recordsOf` is given. */
export const walked = <Value>(name: string): SQL<Value> => sql<Value>`walked.${sql.identifier(name)}`;

/** The records whose ids a query finds in its column `id`, with other columns of that query. */
export const recordsOf = <Beside extends Record<string, SQL>>(db: Db, query: SQL, beside: Beside) =>
  db
    .select({ ...listed, ...beside })
    .from(sql`(${query}) walked`)
    .innerJoin(organizations, eq(organizations.id, walked('id')))
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .leftJoin(connections, onConnection)
    .$dynamic();

/** The organization of such a row, without what stands beside it. */
export const listedOf = ({
  id,
  name,
  number,
  customer,
  isWholesale,
  wholesaleStatus,
  holdsOthers,
  connection,
}: ListedOrganization): ListedOrganization => ({
  ...{ id, name, number, customer, isWholesale, wholesaleStatus, holdsOthers, connection },
});
