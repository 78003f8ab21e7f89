// Notes in the log how far the audit has grown: whoever can write to the database cannot take that back.

import type { Db } from '../db/database.ts';
import { onceFor } from '../lib/once-for.ts';
import type { Log } from '../log.ts';
import { entriesBehind, readChain } from './chain.store.ts';
import { firstHead, type Head } from './chain.ts';

/** The end that this process noted last, for each store. */
const lastNoted = onceFor((_db: Db): { head: Head } => ({ head: firstHead }));

/** Logs the audit's end where it has moved, as `audit:verify` takes it. An end that was noted before and is not in the audit any more is an error. */
export async function noteHead({ db, log }: { db: Db; log: Log }): Promise<void> {
  const noted = lastNoted(db);
  const { sequence, hash } = (await readChain(db)) ?? firstHead;
  const { head: before } = noted;
  if (before.sequence > 0 && !(await isInAudit(db, before))) {
    log.error({ part: 'audit', auditEnd: endOf(before) }, 'the audit has lost or changed entries: run audit:verify');
  }
  if (sequence === before.sequence && hash === before.hash) return;
  noted.head = { sequence, hash };
  if (sequence > 0) log.info({ part: 'audit', auditEnd: endOf({ sequence, hash }) }, 'the audit has grown to this end');
}

const endOf = ({ sequence, hash }: Head): string => `${sequence}:${hash}`;

async function isInAudit(db: Db, { sequence, hash }: Head): Promise<boolean> {
  const [entry] = await entriesBehind(db, { behind: sequence - 1, limit: 1 });
  return entry?.sequence === sequence && entry.hash === hash;
}
