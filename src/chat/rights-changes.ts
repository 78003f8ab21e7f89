// Tells every process whose rights have changed, by NOTIFY in the transaction of the change: what each remembers of that person is forgotten.

import { sql } from 'drizzle-orm';
import { type Database, type Db, describeDatabaseError } from '../db/database.ts';
import type { Log } from '../log.ts';
import type { People } from './people.ts';
import type { Strangers } from './strangers.ts';

const channel = 'hubkeeper_rights';

/** Announces that a person's rights have changed. Where `tx` is a database transaction, that is heard at its commit, or never. */
export async function announceRights(tx: Db, personId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${personId})`);
}

/**
 * Listens until the database closes. Where that fails, a person who was refused before is answered again after an hour at the latest; rights that were
 * taken away count at once in any case, since every command reads them.
 */
export async function followRights({
  database,
  people,
  strangers,
  log,
}: {
  database: Pick<Database, 'listen'>;
  people: People;
  strangers: Strangers;
  log: Log;
}): Promise<void> {
  function forget(personId?: string): void {
    people.forget(personId);
    strangers.forget(personId);
  }
  try {
    await database.listen(
      channel,
      (personId) => forget(personId),
      () => forget(),
    );
  } catch (error) {
    const { code, message: reason } = describeDatabaseError(error);
    log.warn({ part: 'rights', code, reason }, 'changes of rights by other processes cannot be listened for');
  }
}
