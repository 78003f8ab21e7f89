// Queries on contact centers: how much there is of each part, a page of one part, and the licenses of the agents.

import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { licenses } from '../directory.schema.ts';
import { CONTACT_CENTER_PARTS, type ContactCenterPart, contactCenterParts } from './contact-center.schema.ts';
import { type ContactCenterRow, isAgentLicense, type PartCount } from './contact-center-rules.ts';

interface Of {
  scope: Scope;
  organizationId: string;
}

const isItsPart = ({ scope, organizationId }: Of): SQL | undefined =>
  and(inScope(scope, contactCenterParts.organizationId), eq(contactCenterParts.organizationId, organizationId));

/** How much there is of each part at Webex. */
export async function countParts(db: Db, { scope, organizationId }: Of): Promise<PartCount[]> {
  const { part, isActive, goneAt } = contactCenterParts;
  const found = await db
    .select({
      part,
      total: sql<number>`count(*)::int`,
      inactive: sql<number>`(count(*) filter (where not ${isActive}))::int`,
    })
    .from(contactCenterParts)
    .where(and(isItsPart({ scope, organizationId }), isNull(goneAt)))
    .groupBy(part);
  return CONTACT_CENTER_PARTS.map(
    (one) => found.find((its) => its.part === one) ?? { part: one, total: 0, inactive: 0 },
  );
}

/** A page of one part by name, and how many there are, gone ones included. */
export async function pageOfPart(
  db: Db,
  { scope, organizationId, part, offset, limit }: Of & { part: ContactCenterPart; offset: number; limit: number },
): Promise<{ rows: ContactCenterRow[]; total: number }> {
  const isIts = and(isItsPart({ scope, organizationId }), eq(contactCenterParts.part, part));
  const rows = await db
    .select()
    .from(contactCenterParts)
    .where(isIts)
    .orderBy(sql`${contactCenterParts.name} collate "C"`, asc(contactCenterParts.webexId))
    .offset(offset)
    .limit(limit);
  return { rows, total: await db.$count(contactCenterParts, isIts) };
}

export interface AgentLicense {
  name: string;
  total: number | null;
  used: number | null;
}

/** The licenses of its agents, as far as licenses were synced. */
export async function agentLicenses(db: Db, { scope, organizationId }: Of): Promise<AgentLicense[]> {
  const { name, totalUnits: total, consumedUnits: used, goneAt } = licenses;
  const found = await db
    .select({ name, total, used })
    .from(licenses)
    .where(and(inScope(scope, licenses.organizationId), eq(licenses.organizationId, organizationId), isNull(goneAt)))
    .orderBy(asc(name), asc(licenses.webexId));
  return found.filter((license) => isAgentLicense(license.name));
}
