// Queries on deadlines and warnings that several subjects need.

import { inArray, type SQL, sql } from 'drizzle-orm';
import { organizations } from '../organizations/organizations.schema.ts';
import { connections } from './connections.schema.ts';

/** Whether an acknowledgement keeps warnings quiet. A snooze is a wish to be warned when it ends, whoever acknowledged. */
export const isAcknowledged = ({
  acknowledgedAt,
  snoozedUntil,
}: {
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
}): boolean => acknowledgedAt !== null && snoozedUntil === null;

/** Whether one of these spaces is notified of the organization. */
export const livesIn = (roomIds: readonly string[]): SQL =>
  inArray(
    connections.organizationId,
    sql`(select ${organizations.id} from ${organizations} where ${inArray(organizations.roomId, [...roomIds])})`,
  );
