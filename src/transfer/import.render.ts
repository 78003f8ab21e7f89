// The messages and files of an import, made when they are delivered.

import { scopeFor } from '../chat/actor.ts';
import type { Notice } from '../chat/answer.ts';
import { csvFile } from '../chat/csv-file.ts';
import type { People } from '../chat/people.ts';
import { type Addressee, placeOf } from '../chat/place.ts';
import { standingOf } from '../chat/standing.ts';
import type { IssueLinkDeps } from '../connections/connect/issue-link.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { renders } from '../notices/notice.ts';
import { requireTransaction } from '../transactions/transaction.render.ts';
import { viewOf } from '../transactions/transaction-view.ts';
import type { Workflows } from '../transactions/workflow.ts';
import { TEMPLATE_COLUMNS } from './columns.ts';
import {
  countLacking,
  countOutcomes,
  countVerdicts,
  findImport,
  findImportOfTransaction,
  type Import,
  readRows,
} from './import.store.ts';
import { importCheckedMessage, importRefusedMessage, templateMessage, verdictsMessage } from './import.view.ts';
import { importResultMessage, leftOutMessage, linksMessage, noLinksMessage } from './import-result.view.ts';
import { linksPerFile } from './import-rules.ts';
import { linksFile } from './links-file.ts';
import { leftOutFile, verdictsFile } from './row-files.ts';
import {
  importCheckedNotice,
  importLeftOutNotice,
  importLinksNotice,
  importResultNotice,
  importTemplateNotice,
  importVerdictsNotice,
} from './transfer.notice.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

const askerOf = async ({ db }: Pick<Deps, 'db'>, importId: string): Promise<string | undefined> =>
  (await findImport(db, importId))?.askedBy;

/** How many wrong rows the card names. */
const namedRows = 5;

export const checkedRenderer = renders(importCheckedNotice, {
  askedBy: (deps: Deps, { importId }) => askerOf(deps, importId),
  async render({ db }: Deps, { importId }) {
    const found = await requireImport(db, importId);
    const { fileName, problems, passedOver } = found;
    if (found.status === 'refused') return importRefusedMessage({ fileName, problems });
    const counts = await countVerdicts(db, importId);
    const wrong = await readRows(db, { importId, verdicts: ['wrong'], limit: namedRows });
    const lacking = await countLacking(db, importId);
    return importCheckedMessage({ importId, fileName, counts, wrong, lacking, passedOver });
  },
  async delivered({ db, jobs, clock }: Deps, { importId }, { addressee }) {
    const found = await findImport(db, importId);
    if (found?.status === 'refused') return;
    const notice = importVerdictsNotice.of({ importId });
    await follow({ db, jobs, clock }, { key: `import-verdicts:${importId}`, notice, place: addressee });
  },
});

export const verdictsRenderer = renders(importVerdictsNotice, {
  askedBy: (deps: Deps, { importId }) => askerOf(deps, importId),
  async render({ db }: Deps, { importId }) {
    const { file, rows } = await verdictsFile(db, importId);
    return verdictsMessage(file, rows);
  },
});

export const templateRenderer = renders(importTemplateNotice, {
  render: async () => templateMessage(await csvFile('organizations-template.csv', TEMPLATE_COLUMNS, [])),
});

export const resultRenderer = renders(importResultNotice, {
  askedBy: async ({ db }: Deps, { transactionId }) => (await findImportOfTransaction(db, transactionId))?.askedBy,
  async render({ db, workflows }: Deps & { workflows: Workflows<never> }, { transactionId }) {
    const transaction = await requireTransaction(db, transactionId);
    const found = await requireImportOf(db, transactionId);
    const outcomes = await countOutcomes(db, found.id);
    return importResultMessage({ transaction: viewOf(workflows, transaction), outcomes });
  },
  async delivered(deps: Deps, { transactionId }, { addressee: place }) {
    const { id: importId } = await requireImportOf(deps.db, transactionId);
    const outcomes = await countOutcomes(deps.db, importId);
    const written = (outcomes.get('created') ?? 0) + (outcomes.get('updated') ?? 0);
    const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    if (total > written) {
      const notice = importLeftOutNotice.of({ importId });
      await follow(deps, { key: `import-left-out:${importId}`, notice, place });
    }
    if ((outcomes.get('created') ?? 0) > 0) {
      const notice = importLinksNotice.of({ importId, after: 0 });
      await follow(deps, { key: `import-links:${importId}:0`, notice, place });
    }
  },
});

export const leftOutRenderer = renders(importLeftOutNotice, {
  askedBy: (deps: Deps, { importId }) => askerOf(deps, importId),
  async render({ db }: Deps, { importId }) {
    const { file, rows } = await leftOutFile(db, importId);
    return leftOutMessage(file, rows);
  },
});

/** What goes into the file depends on what whoever asked may change now; a link is made for nobody else. */
export const linksRenderer = renders(importLinksNotice, {
  askedBy: (deps: Deps, { importId }) => askerOf(deps, importId),
  async render(deps: IssueLinkDeps & Deps & { people: People }, { importId, after }, addressee) {
    const found = await requireImport(deps.db, importId);
    const scope = await scopeNow(deps, found, addressee);
    const { file, count, expiresAt } = await linksFile(deps, { found, scope, after, place: placeOf(addressee) });
    return count === 0 ? noLinksMessage : linksMessage({ file, count, expiresAt, now: deps.clock.now() });
  },
  async delivered(deps: Deps, { importId, after }, { addressee: place }) {
    const rows = await readRows(deps.db, { importId, outcomes: ['created'], after, limit: linksPerFile + 1 });
    const last = rows[linksPerFile - 1]?.number;
    if (last === undefined || rows.length <= linksPerFile) return;
    const notice = importLinksNotice.of({ importId, after: last });
    await follow(deps, { key: `import-links:${importId}:${last}`, notice, place });
  },
});

async function scopeNow(
  { db, people }: { db: Db; people: People },
  { personId }: Import,
  addressee: Addressee,
): Promise<Scope> {
  const standing = await standingOf(db, await people.whoIs(personId), placeOf(addressee).roomId);
  return scopeFor(standing, 'administrator');
}

/** Queues what comes next, once. */
async function follow(
  { db, jobs, clock }: Deps,
  next: { key: string; notice: Notice; place: Addressee },
): Promise<void> {
  await db.transaction((tx) => enqueueNotice({ tx, jobs }, { ...next, now: clock.now() }));
  jobs.wake('notice');
}

/** @throws where it is gone: it is kept longer than its notices are tried */
async function requireImport(db: Db, id: string): Promise<Import> {
  const found = await findImport(db, id);
  if (!found) throw new Error('a notice speaks of an import that does not exist');
  return found;
}

async function requireImportOf(db: Db, transactionId: number): Promise<Import> {
  const found = await findImportOfTransaction(db, transactionId);
  if (!found) throw new Error('a notice speaks of an import that does not exist');
  return found;
}
