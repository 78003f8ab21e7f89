// Writes the rows of a confirmed import, some hundreds in a database transaction with their audit entries: each row once, whatever is cut off.

import { scopeFor } from '../chat/actor.ts';
import type { People } from '../chat/people.ts';
import { standingOf } from '../chat/standing.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import type { Clock } from '../lib/clock.ts';
import { counted } from '../lib/text.ts';
import type { Log } from '../log.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { isCancelRequested } from '../transactions/cancellation.store.ts';
import type { TransactionWithSteps } from '../transactions/transaction.store.ts';
import type { StepResult } from '../transactions/workflow.ts';
import { countOutcomes, findImportOfTransaction, type Import } from './import.store.ts';
import { rowsAtOnce, writtenBy } from './import-rules.ts';
import type { PlaceRowsDeps } from './place-rows.ts';
import { featuresToCheck } from './updated-features.store.ts';
import { writeBatch } from './write-batch.ts';

export interface WriteRowsDeps extends PlaceRowsDeps {
  db: Db;
  jobs: Jobs;
  sealer: Sealer;
  clock: Clock;
  log: Log;
  people: People;
  recordHooks: readonly RecordHooks<WriteRowsDeps>[];
}

/** Writes up to the end of this step's share. A cancellation counts between two batches: what is written stays. */
export async function writeRows(
  deps: WriteRowsDeps,
  transaction: TransactionWithSteps,
  step: string,
): Promise<StepResult> {
  const found = await findImportOfTransaction(deps.db, transaction.id);
  if (!found) throw new Error('a transaction writes an import that does not exist');
  const outcomes = await countOutcomes(deps.db, found.id);
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const share = writtenBy(step, total);
  const before = total - (outcomes.get(null) ?? 0);
  let written = before;
  while (written < share && !(await isCancelRequested(deps.db, transaction.id))) {
    const count = await writeNext(deps, found, transaction.id, Math.min(rowsAtOnce, share - written));
    if (count === 0) break;
    written += count;
  }
  for (const organizationId of await featuresToCheck(deps.db, { importId: found.id })) {
    for (const { featuresChanged } of deps.recordHooks) await featuresChanged?.(deps, organizationId);
  }
  return { outcome: 'done', message: `${written} of ${counted(total, 'row')}` };
}

/** The rights of whoever confirmed are read anew for each batch. */
async function writeNext(deps: WriteRowsDeps, found: Import, transactionId: number, limit: number): Promise<number> {
  const { id: importId, personId, askedBy, roomId } = found;
  const standing = await standingOf(deps.db, await deps.people.whoIs(personId), roomId);
  const scope = scopeFor(standing, 'administrator');
  return writeBatch(deps, { importId, transactionId, scope, by: { personId, email: askedBy }, roomId, limit });
}
