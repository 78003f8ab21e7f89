// Who may read what a notice is about. Spaces move in the tree of customers, organizations do, and rights are taken away: what was queued before that must
// reach nobody who may not see it any more.

import { type SQL, sql } from 'drizzle-orm';
import type { Notice } from '../chat/answer.ts';
import { administrators, rights } from '../chat/chat.schema.ts';
import { customers, PROVIDER_PATH } from '../customers/customers.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { transactions } from '../transactions/transactions.schema.ts';

/** `roomId` or `email`: who would read it. `admins` are the e-mails of the provider's administrators. */
interface Reading {
  notice: Notice;
  /** Of the notice's row, beside what the notice names itself. */
  organizationId: string | null;
  admins: readonly string[];
}

/** Whether everything that the notice is about stands at the space's node or below; in a direct space, within the rights of its person. */
export const mayBeReadIn = (db: Db, roomId: string, reading: Reading): Promise<boolean> =>
  holds(
    db,
    reading,
    sql`case (select ${spaces.type} from ${spaces} where ${spaces.roomId} = ${roomId})
      when 'direct' then ${reaches(sql`a.direct_room_id = ${roomId}`, reading)}
      else starts_with(concerned.path, coalesce((select c.path from ${spaces} s join ${customers} c on c.id = s.customer_id
        where s.room_id = ${roomId}), ${PROVIDER_PATH})) end`,
  );

/** Whether whoever has this e-mail may see everything that the notice is about. */
export const mayBeReadBy = (db: Db, email: string, reading: Reading): Promise<boolean> =>
  reading.admins.includes(email)
    ? Promise.resolve(true)
    : holds(db, reading, reaches(sql`a.email = ${email}`, reading));

/** Whether such an administrator's rights reach `concerned.path`. */
const reaches = (who: SQL, { admins }: Reading): SQL =>
  sql`exists (select 1 from ${administrators} a where ${who} and (
    a.email in (select jsonb_array_elements_text(${JSON.stringify(admins)}::jsonb))
    or exists (select 1 from ${rights} r join ${customers} n on n.id = r.customer_id
      where r.person_id = a.person_id and starts_with(concerned.path, n.path))))`;

async function holds(db: Db, { notice, organizationId }: Reading, condition: SQL): Promise<boolean> {
  const { organizationIds, partnerId, transactionId, customerId } = notice;
  const several = Array.isArray(organizationIds) ? organizationIds : [];
  const ids = [organizationId, notice['organizationId'], partnerId, ...several];
  const named = [...new Set(ids.filter((id) => typeof id === 'string'))];
  const number = typeof transactionId === 'number' ? transactionId : null;
  const node = typeof customerId === 'string' ? customerId : null;
  if (named.length === 0 && number === null && node === null) return true;
  const [found] = await rows<{ holds: boolean }>(
    db,
    sql`with concerned as (
        select c.path from ${organizations} o join ${customers} c on c.id = o.customer_id
          where o.id in (select named::uuid from jsonb_array_elements_text(${JSON.stringify(named)}::jsonb) as named)
        union
        select coalesce(c.path, ${PROVIDER_PATH}) from ${transactions} t left join ${organizations} o on o.id = t.organization_id
          left join ${customers} c on c.id = coalesce(o.customer_id, t.customer_id) where t.id = ${number}::bigint
        union
        select coalesce((select c.path from ${customers} c where c.id = ${node}::uuid), ${PROVIDER_PATH}) where ${node}::uuid is not null
      )
      select not exists (select 1 from concerned where not (${condition})) as holds`,
  );
  return found?.holds ?? true;
}
