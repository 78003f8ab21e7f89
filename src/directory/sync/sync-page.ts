// Reads the next page of a kind of which there can be more than belongs into memory. Each page is a job of its own: a kill costs one page, a page has all the
// tries of a step, and a cancellation falls between two pages.

import type { StepDeps, StepInput } from '../../connections/connect/steps/step.ts';
import { holdTree } from '../../customers/tree.store.ts';
import type { Db } from '../../db/database.ts';
import { savePending } from '../../transactions/transaction.store.ts';
import type { StepResult } from '../../transactions/workflow.ts';
import type { WebexClient } from '../../webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import type { DirectoryHooks } from '../directory-hooks.ts';
import { countedOf, type PagedKind, type PagedTable } from '../kind.ts';
import { actionsOf } from '../schedules/actions-of.ts';
import { openCursor, type PageCursor, sealCursor } from './page-cursor.ts';
import { endPages, forgetSeen, keepPage } from './pages.store.ts';

/** A list that goes on for longer leads back to where it was. */
const mostPages = 10_000;

type Deps = Pick<StepDeps, 'sealer' | 'clock'> & { directoryHooks: readonly DirectoryHooks[] };

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
  const page = await readPage(kind, { webex, organization, cursor });
  if (page === 'forgotten') {
    return {
      outcome: 'more',
      message: 'Webex has forgotten where its list went on: reading it again.',
      save: async (tx) => {
        await forgetSeen(tx, kind, { organizationId, transactionId });
        await keepCursor(tx, { ...cursor, next: null, seen: 0, pages: 0, isAgain: true });
      },
    };
  }
  const { rows, next } = page;
  if (cursor.pages >= mostPages) {
    const route = `a list of ${kind.nouns ?? kind.kind}`;
    throw new WebexUnavailable(`Webex answers with ${route} that cannot be followed: more than ${mostPages} pages.`, {
      ...{ reason: 'malformed', route },
    });
  }
  const seen = cursor.seen + rows.length;
  const isLast = next === null;
  return {
    outcome: isLast ? 'done' : 'more',
    message: isLast ? countedOf(kind, seen) : `${countedOf(kind, seen)} so far`,
    save: async (tx) => {
      // What hooks place in the tree stands where the tree says when this is saved.
      await holdTree(tx);
      const actions = await actionsOf(tx, { transactionId, organizationId, kind });
      const sync = { organizationId, actions, transactionId, now: clock.now() };
      await keepPage(tx, kind, { ...sync, rows });
      if (!isLast) return keepCursor(tx, { ...cursor, next, seen, pages: cursor.pages + 1 });
      await endPages(tx, kind, sync);
      for (const { synced } of directoryHooks) await synced?.(tx, { kind: kind.kind, organizationId, now: sync.now });
    },
  };
}

/** `forgotten`: Webex does not know the page any more that it had named as next. */
async function readPage<Table extends PagedTable>(
  kind: PagedKind<Table>,
  { webex, organization, cursor }: Pick<StepInput, 'organization'> & { webex: WebexClient; cursor: PageCursor },
) {
  try {
    return await kind.readPage(webex, organization, cursor.next);
  } catch (error) {
    const isForgotten = error instanceof WebexRefused && (error.status === 400 || error.status === 404);
    if (isForgotten && cursor.next !== null && !cursor.isAgain) return 'forgotten';
    throw error;
  }
}
