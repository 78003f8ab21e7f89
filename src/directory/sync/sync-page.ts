// Reads the next page of a kind of which there can be more than belongs into memory. Each page is a job of its own: a kill costs one page, a page has all the
// tries of a step, and a cancellation falls between two pages.

import type { StepDeps, StepInput } from '../../connections/connect/steps/step.ts';
import type { Db } from '../../db/database.ts';
import { savePending } from '../../transactions/transaction.store.ts';
import type { StepResult } from '../../transactions/workflow.ts';
import type { WebexClient } from '../../webex/client.ts';
import { type DirectoryHook, holdTreeFor } from '../directory-hooks.ts';
import { countedOf, type PagedKind, type PagedTable } from '../kind.ts';
import { actionsOf } from '../schedules/actions-of.ts';
import { forgottenWords, nextPage } from './next-page.ts';
import { firstPage, openCursor, type PageCursor, sealCursor } from './page-cursor.ts';
import { endPages, forgetSeen, keepPage } from './pages.store.ts';
import { readWords } from './sync-rules.ts';

type Deps = Pick<StepDeps, 'sealer' | 'clock'> & { directoryHooks: readonly DirectoryHook[] };

/** Reads a page; what it holds, and where the next one is, are saved with the step's end. @throws WebexRefused, WebexUnavailable */
export async function syncPage<Table extends PagedTable>(
  { sealer, clock, directoryHooks }: Deps,
  kind: PagedKind<Table>,
  { webex, transaction, organization }: StepInput & { webex: WebexClient },
): Promise<StepResult> {
  const { id: transactionId } = transaction;
  const organizationId = organization.id;
  const cursor = openCursor(sealer, kind.kind, transaction);
  const keepCursor = (tx: Db, at: PageCursor) => savePending(tx, transactionId, sealCursor(sealer, transactionId, at));
  const page = await nextPage(kind, cursor, (from) => kind.readPage(webex, organization, from));
  if (page === 'forgotten') {
    return {
      outcome: 'more',
      message: forgottenWords,
      save: async (tx) => {
        await forgetSeen(tx, kind, { organizationId, transactionId });
        await keepCursor(tx, { ...firstPage(kind.kind), isAgain: true });
      },
    };
  }
  const { rows, next } = page;
  const seen = cursor.seen + rows.length;
  const unread = cursor.unread + page.unread;
  const isLast = next === null;
  return {
    outcome: isLast ? 'done' : 'more',
    message: isLast ? readWords(kind, { count: seen, unread }) : `${countedOf(kind, seen)} so far`,
    save: async (tx) => {
      const hooks = await holdTreeFor(tx, directoryHooks, kind);
      const actions = await actionsOf(tx, { transactionId, organizationId, kind });
      const sync = { organizationId, actions, transactionId, now: clock.now() };
      await keepPage(tx, kind, { ...sync, rows });
      if (!isLast) return keepCursor(tx, { ...cursor, next, seen, unread, pages: cursor.pages + 1 });
      await endPages(tx, kind, { ...sync, isWhole: unread === 0 });
      for (const { synced } of hooks) await synced(tx, { organizationId, now: sync.now });
    },
  };
}
