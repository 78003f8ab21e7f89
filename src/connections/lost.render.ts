// Connections that were lost, or that cannot be refreshed for now, as a space reads of them.

import type { Message } from '../chat/message.ts';
import { renders } from '../notices/notice.ts';
import { connectionsFailingNotice, connectionsLostNotice } from './connection.notice.ts';
import type { Connection } from './connection.store.ts';
import { failingMessage, lostMessage, manyLostMessage } from './lost.view.ts';
import { failingSince } from './refresh/journal.store.ts';
import { type Found, ofSpace, renderSummary, type SummaryDeps } from './summary.render.ts';

const isLost = ({ state }: Connection) => state === 'lost';
const isFailingOrLost = ({ state }: Connection) => state !== 'connected';

export const lostRenderer = renders(connectionsLostNotice, {
  mustBeHeard: true,
  render: (deps: SummaryDeps, notice, addressee) =>
    renderSummary(deps, notice, isLost, (found) => lostOf({ ...found, ...ofSpace(addressee) })),
});

export const failingRenderer = renders(connectionsFailingNotice, {
  mustBeHeard: true,
  async render(deps: SummaryDeps, notice, addressee) {
    const since = await failingSince(deps.db, notice.organizationIds);
    return renderSummary(deps, notice, isFailingOrLost, (found) => {
      const view = { ...found, ...ofSpace(addressee) };
      return found.rows.every(({ connection }) => isLost(connection))
        ? lostOf(view)
        : failingMessage({ ...view, since });
    });
  },
});

/** A single lost connection is shown with its reason. */
function lostOf(found: Found): Message {
  const [first] = found.rows;
  if (found.total > 1 || !first) return manyLostMessage(found);
  const { insteadOfSpace = false } = found;
  return lostMessage({ organization: first, code: first.connection.stateReason ?? 'invalid_grant', insteadOfSpace });
}
