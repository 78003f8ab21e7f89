// Connections that were lost, or that cannot be refreshed for now, as a space reads of them.

import type { Message } from '../chat/message.ts';
import { renders } from '../notices/notice.ts';
import { settingsOfOrganization } from '../settings/settings-of-many.store.ts';
import { connectionsFailingNotice, connectionsLostNotice } from './connection.notice.ts';
import type { Connection } from './connection.store.ts';
import { fallBackFailedWords } from './fall-back/fall-back.view.ts';
import { asFallBack } from './fall-back/fall-back-rules.ts';
import { failingMessage, lostMessage, manyLostMessage } from './lost.view.ts';
import { failingSince } from './refresh/journal.store.ts';
import { type Found, ofSpace, renderSummary, type SummaryDeps } from './summary.render.ts';
import { isByOwnApp } from './ways/ways.ts';
import { lastGrantorEvent } from './why/grantor-events.store.ts';
import type { Why } from './why/why.view.ts';

const isLost = ({ state }: Connection) => state === 'lost';
const isFailingOrLost = ({ state }: Connection) => state !== 'connected';

export const lostRenderer = renders(connectionsLostNotice, {
  mustBeHeard: true,
  render: (deps: SummaryDeps, notice, addressee) =>
    renderSummary(deps, notice, isLost, async (found) => {
      const why = await whyOf(deps, found);
      return lostOf({ ...found, ...ofSpace(addressee) }, why);
    }),
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
function lostOf(found: Found, why?: Why): Message {
  const [first] = found.rows;
  if (found.total > 1 || !first) return manyLostMessage(found);
  const { insteadOfSpace = false } = found;
  return lostMessage({
    organization: first,
    code: first.connection.stateReason ?? 'invalid_grant',
    why,
    isByOwnApp: isByOwnApp(first.connection),
    fallBackFailed: fallBackFailedWords({
      ...first.connection,
      fallbackWay: asFallBack(first.connection.fallbackWay),
    }),
    insteadOfSpace,
  });
}

/** What Control Hub says of the only one, where its admin audit is read. */
async function whyOf({ db }: SummaryDeps, { rows: [first], total }: Found): Promise<Why | undefined> {
  if (!first || total > 1 || first.connection.authorizedEmail === null) return undefined;
  const { organizationId, connectedAt: since } = first.connection;
  if (!(await settingsOfOrganization(db, organizationId)).read_admin_audit) return undefined;
  return (await lastGrantorEvent(db, { organizationId, since })) ?? 'nothing_seen';
}
