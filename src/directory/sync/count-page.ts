// Counts the next page of a kind of which the counts alone are kept. Each page is a job of its own, as in sync-page; the counts are kept sealed with the cursor,
// and become rows behind the last page.

import type { StepDeps, StepInput } from '../../connections/connect/steps/step.ts';
import { savePending } from '../../transactions/transaction.store.ts';
import type { StepResult } from '../../transactions/workflow.ts';
import type { WebexClient } from '../../webex/client.ts';
import type { CountedKind, DirectoryTable } from '../kind.ts';
import { type KeepDeps, keepWhole } from './keep-whole.ts';
import { forgottenWords, nextPage } from './next-page.ts';
import { firstPage, openCursor, sealCursor } from './page-cursor.ts';
import { kindWords } from './sync-rules.ts';

type Deps = Pick<StepDeps, 'sealer'> & KeepDeps;

/** Counts a page; what it comes to, and where the next one is, are saved with the step's end. @throws NothingToRead, WebexRefused, WebexUnavailable */
export async function countPage<Table extends DirectoryTable>(
  { sealer, ...deps }: Deps,
  kind: CountedKind<Table>,
  { webex, transaction, organization }: StepInput & { webex: WebexClient },
): Promise<StepResult> {
  const { id: transactionId } = transaction;
  const organizationId = organization.id;
  const cursor = openCursor(sealer, kind.kind, transaction);
  const page = await nextPage(kind, cursor, (from) =>
    kind.countPage(webex, organization, { from, counts: cursor.counts }),
  );
  if (page === 'forgotten') {
    const again = { ...firstPage(kind.kind), isAgain: true };
    return {
      outcome: 'more',
      message: forgottenWords,
      save: (tx) => savePending(tx, transactionId, sealCursor(sealer, transactionId, again)),
    };
  }
  const { counts, next } = page;
  const seen = cursor.seen + page.seen;
  const unread = cursor.unread + page.unread;
  if (next !== null) {
    const reached = { ...cursor, next, seen, unread, counts, pages: cursor.pages + 1 };
    return {
      outcome: 'more',
      message: `${seen} ${kindWords(kind)} so far`,
      save: (tx) => savePending(tx, transactionId, sealCursor(sealer, transactionId, reached)),
    };
  }
  return keepWhole(deps, kind, { transactionId, organizationId, rows: kind.rowsOf(counts), unread, isCounted: true });
}
