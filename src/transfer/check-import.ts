// Fetches the file of an import, checks it, and tells whoever sent it.

import { scopeFor } from '../chat/actor.ts';
import type { People } from '../chat/people.ts';
import { standingOf } from '../chat/standing.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { isInScope } from '../db/scope.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { willPass } from '../db/unavailable.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import type { WebexClient } from '../webex/client.ts';
import { readContent } from '../webex/contents.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import { checkFile } from './check-file.ts';
import type { FileProblem } from './csv-text.ts';
import { readCustomerPaths } from './customer-paths.store.ts';
import { deleteRows, findImport, type Import, lockImport, updateImport } from './import.store.ts';
import { fileMaxBytes } from './import-rules.ts';
import { importCheckedNotice } from './transfer.notice.ts';
import { brokenProblem, contentProblems, notFetchedProblem } from './unread-files.ts';

export interface CheckImportDeps {
  db: Db;
  jobs: Jobs;
  sealer: Sealer;
  clock: Clock;
  log: Log;
  bot: WebexClient;
  people: People;
  recordHooks: readonly Pick<RecordHooks<never>, 'lacksFor'>[];
}

/**
 * Does nothing where the import was checked before. Whatever keeps the file from being read, whoever sent it is told: at once where the file is the reason,
 * else after the last try.
 * @throws WebexUnavailable while Webex scans the file or does not answer, so that the job engine tries again
 */
export async function checkImport(
  deps: CheckImportDeps,
  { importId }: { importId: string },
  { lastAttempt }: { lastAttempt: boolean },
): Promise<void> {
  const found = await findImport(deps.db, importId);
  if (found?.status !== 'reading') return;
  try {
    await settle(deps, found, await check(deps, found));
  } catch (error) {
    if (!lastAttempt || willPass(error)) throw error;
    deps.log.error({ err: error, importId }, 'the file of an import could not be read');
    const problem = error instanceof WebexUnavailable ? notFetchedProblem(error) : brokenProblem(importId);
    await settle(deps, found, { fileName: '', problems: [problem] });
  }
}

type Outcome = { fileName: string } & ({ passedOver: readonly string[] } | { problems: readonly FileProblem[] });

async function check(deps: CheckImportDeps, { id, contentId, personId, roomId }: Import): Promise<Outcome> {
  const { db, bot, people } = deps;
  const content = await readContent(bot, { id: contentId, mostBytes: fileMaxBytes });
  if (typeof content === 'string') return { fileName: '', problems: [contentProblems[content]] };
  const standing = await standingOf(db, await people.whoIs(personId), roomId);
  const scope = scopeFor(standing, 'administrator');
  const checked = await checkFile(deps, {
    importId: id,
    bytes: content.bytes,
    scope,
    paths: await readCustomerPaths(db, scope),
    customerId: isInScope(scope, standing.customer.path) ? standing.customer.id : undefined,
  });
  return { ...checked, fileName: content.name };
}

async function settle({ db, jobs, clock }: CheckImportDeps, { id }: Import, outcome: Outcome): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const locked = await lockImport(tx, id);
    if (locked?.status !== 'reading') return;
    const { fileName } = outcome;
    if ('problems' in outcome) {
      await deleteRows(tx, id);
      await updateImport(tx, id, { status: 'refused', fileName, problems: [...outcome.problems], judgedAt: now });
    } else {
      await updateImport(tx, id, { status: 'judged', fileName, passedOver: [...outcome.passedOver], judgedAt: now });
    }
    await enqueueNotice(
      { tx, jobs },
      { key: `import-checked:${id}`, notice: importCheckedNotice.of({ importId: id }), place: locked, now },
    );
  });
  jobs.wake('notice');
}
