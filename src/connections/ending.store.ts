// Queries on the connections that are lost or about to end: one page of them, and how many there are.

import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { type CountedRange, countRange, instantsOf } from '../db/connection-states.ts';
import { type Db, rows } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { byDeadline, type Connection, type Seen, seenIn } from './connection.store.ts';
import { connections } from './connections.schema.ts';
import type { GivenFor } from './giver-words.ts';

/** Which connections are looked at: of those in scope, what is lost or ends before then. */
interface Ending {
  scope: Scope;
  before: Date;
  /** Which its organization carries; absent: any. */
  label?: string | undefined;
  /** By which an expired one is told from one that is about to expire. Default: `before`. */
  now?: Date;
}

/** How the connections that are lost or end before an instant stand at `now`. No count exceeds `COUNTED_MAX` + 1. */
export interface EndingCounts {
  lost: number;
  /** Webex has not refused them yet. */
  expired: number;
  coming: number;
}

export interface EndingPage {
  rows: { organization: { id: string; name: string } & GivenFor; connection: Connection }[];
  counts: EndingCounts;
}

/** One page of them, lost ones first, then by deadline, and how many there are of each. */
export async function endingConnections(
  db: Db,
  { scope, label, offset, limit, ...ending }: Ending & { offset: number; limit: number },
): Promise<EndingPage> {
  const seen = await seenIn(db, scope, label);
  const [found, counts] = await Promise.all([
    endingRows(db, seen, { ...ending, offset, limit }),
    countEnding(db, seen, ending),
  ]);
  return { rows: found, counts };
}

type Instants = Pick<Ending, 'before' | 'now'>;

function endingRows(
  db: Db,
  { seen, isFew }: Seen,
  { before, offset, limit }: Instants & { offset: number; limit: number },
): Promise<EndingPage['rows']> {
  // Few are sorted as they are: along the index, which has this order and this range, the connections of all others would be read.
  const fits = isFew ? endsBy(before, sql`::int`) : endsBy(before);
  const { id, name, wholesale_status, servesAsPartner } = organizations;
  return db
    .select({ organization: { id, name, wholesale_status, servesAsPartner }, connection: connections })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(fits, seen))
    .orderBy(...(isFew ? byDeadlineOfFew : byDeadline))
    .offset(offset)
    .limit(limit);
}

async function countEnding(db: Db, counted: Seen, { before, now = before }: Instants): Promise<EndingCounts> {
  const instants = instantsOf({ now: now < before ? now : before, soonBy: before });
  const countOf = (range: CountedRange) => countRange(range, instants, counted);
  const [row] = await rows<EndingCounts>(
    db,
    sql`select ${countOf('lost')} as lost, ${countOf('expired')} as expired, ${countOf('soon')} as coming`,
  );
  return row ?? { lost: 0, expired: 0, coming: 0 };
}

/** One range of the index that has lost ones before all others. */
const endsBy = (before: Date, cast = sql``): SQL =>
  sql`((${connections.state} <> 'lost')${cast}, ${connections.refreshTokenExpiresAt}) <= (true${cast}, ${before.toISOString()}::timestamptz)`;

const byDeadlineOfFew = [asc(sql`(${connections.state} <> 'lost')::int`), ...byDeadline.slice(1)];
