// The grant by which an organization is held: its own, or the one of the partner's record.

import type { Db } from '../../db/database.ts';
import { type Connection, findConnection, hasTokens, type LiveConnection } from '../connection.store.ts';

export interface HeldGrant {
  /** Of the organization itself. */
  connection: Connection;
  /** Whose tokens are used: the same, or the connection of the partner. */
  source: LiveConnection;
  /** Lost where either is. */
  state: Connection['state'];
  /** What Webex granted to the source. */
  scopes: readonly string[];
}

/** Undefined where nobody has connected the organization, or no tokens are left. */
export async function findHeldGrant(db: Db, organizationId: string): Promise<HeldGrant | undefined> {
  const connection = await findConnection(db, organizationId);
  return connection && heldGrantOf(db, connection);
}

/** The same of a connection that was read. */
export async function heldGrantOf(db: Db, connection: Connection): Promise<HeldGrant | undefined> {
  const { way, viaOrganizationId } = connection;
  if (way !== 'partner') return hasTokens(connection) ? held(connection, connection) : undefined;
  const source = viaOrganizationId === null ? undefined : await findConnection(db, viaOrganizationId);
  return source && hasTokens(source) ? held(connection, source) : undefined;
}

/** The grant of a record that holds others, where it can be used: it is a person's, and not lost. */
export const grantThatServes = (connection: Connection | null | undefined): LiveConnection | undefined =>
  connection && connection.way === 'consent' && connection.state !== 'lost' && hasTokens(connection)
    ? connection
    : undefined;

const held = (connection: Connection, source: LiveConnection): HeldGrant => ({
  connection,
  source,
  state: source.state === 'lost' ? 'lost' : connection.state,
  scopes: source.scopes,
});
