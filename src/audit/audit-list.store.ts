// Queries on the audit for people: each is shown the entries of what is in scope, now and when they were written.

import { and, desc, eq, gte, isNull, or, type SQL, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { type FoundPage, isOnPage, type NewestPage, newestPage, orderOfPage, readForPage } from '../db/newest-page.ts';
import { customersInScope, inScope, type Scope } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { auditEntries } from './audit.schema.ts';
import type { AuditEntry } from './chain.ts';
import { readPlacesLeft } from './left-places.ts';

/** Which entries are asked for; all without any. */
export interface AuditFilter {
  organizationId?: string | undefined;
  /** An e-mail in lower case: of who acted, or of whom it was about. */
  person?: string | undefined;
  since?: Date | undefined;
}

export type AuditPage = FoundPage<AuditEntry>;

/** Lists entries in scope, by the primary key or by the index of what is filtered by. */
export async function listAudit(
  db: Db,
  { scope, filter, ...page }: NewestPage & { scope: Scope; filter: AuditFilter },
): Promise<AuditPage> {
  const { sequence } = auditEntries;
  const found = await db
    .select()
    .from(auditEntries)
    .where(and(isAsked(filter), auditInScope(scope), isOnPage(sequence, page)))
    .orderBy(orderOfPage(sequence, page))
    .limit(readForPage(page));
  const { rows, ...rest } = newestPage(found, page);
  return { ...rest, rows: await readPlacesLeft(db, scope, rows) };
}

/** The organization that was called so last and has no record any more; undefined where none in scope was. */
export async function findDeletedOrganization(
  db: Db,
  { scope, name }: { scope: Scope; name: string },
): Promise<{ id: string; name: string } | undefined> {
  const { organizationId, organizationName, sequence } = auditEntries;
  const [found] = await db
    .select({ id: organizationId, name: organizationName })
    .from(auditEntries)
    .where(
      and(
        eq(sql`lower(${organizationName})`, name.toLowerCase()),
        sql`not exists (select from ${organizations} where ${organizations.id} = ${organizationId})`,
        auditInScope(scope),
      ),
    )
    .orderBy(desc(sequence))
    .limit(1);
  return found?.id == null ? undefined : { id: found.id, name: found.name ?? name };
}

const isAsked = ({ organizationId, person, since }: AuditFilter): SQL | undefined =>
  and(
    organizationId === undefined ? undefined : eq(auditEntries.organizationId, organizationId),
    person === undefined ? undefined : or(eq(auditEntries.byEmail, person), eq(auditEntries.person, person)),
    since && gte(auditEntries.at, since),
  );

/**
 * The condition that limits a query to what may be seen: the customer of the entry is in scope, and so is its organization, where that still has a record. So
 * an organization that was moved brings nothing along of the branch that it left. Entries about no customer are the provider's alone.
 */
function auditInScope(scope: Scope): SQL | undefined {
  const inside = customersInScope(scope);
  const { organizationId, customerId } = auditEntries;
  return (
    inside &&
    and(
      sql`${customerId} in (select ${customers.id} from ${customers} where ${inside})`,
      or(
        isNull(organizationId),
        inScope(scope, organizationId),
        sql`not exists (select from ${organizations} where ${organizations.id} = ${organizationId})`,
      ),
    )
  );
}
