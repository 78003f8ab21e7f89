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
import { AUDIT_READ } from './why/grantor-event-rules.ts';
import { lastGrantorEvent } from './why/grantor-events.store.ts';
import type { Why, WhyOfGrantor } from './why/why.view.ts';

const isLost = ({ state }: Connection) => state === 'lost';
const isFailingOrLost = ({ state }: Connection) => state !== 'connected';

export const lostRenderer = renders(connectionsLostNotice, {
  mustBeHeard: true,
  render: (deps: SummaryDeps, notice, addressee) =>
    renderSummary(deps, notice, isLost, async (found) =>
      lostOf({ ...found, ...ofSpace(addressee) }, await whysOf(deps, found)),
    ),
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

/** A single lost connection is shown with its reason. `whys`: what Control Hub says of those that are named. */
function lostOf(found: Found, whys: readonly WhyOfGrantor[] = []): Message {
  const [first] = found.rows;
  if (found.total > 1 || !first) return manyLostMessage({ ...found, whys });
  const { insteadOfSpace = false } = found;
  return lostMessage({
    organization: first,
    code: first.connection.stateReason ?? 'invalid_grant',
    why: whys[0]?.why,
    isByOwnApp: isByOwnApp(first.connection),
    fallBackFailed: fallBackFailedWords({
      ...first.connection,
      fallbackWay: asFallBack(first.connection.fallbackWay),
    }),
    insteadOfSpace,
  });
}

/** Of so many grantors a message says why. */
const mostWhys = 3;

/** What Control Hub says of the first grantors. Who gave several grants is told of once, with what says the most. */
async function whysOf(deps: SummaryDeps, { rows }: Found): Promise<WhyOfGrantor[]> {
  const whys = new Map<string, WhyOfGrantor>();
  for (const row of rows) {
    const email = row.connection.authorizedEmail;
    const known = email === null ? undefined : whys.get(email);
    if (email === null || (known ? typeof known.why !== 'string' : whys.size === mostWhys)) continue;
    const why = await whyOf(deps, row);
    if (why !== undefined && (!known || typeof why !== 'string')) whys.set(email, { email, why });
  }
  return [...whys.values()];
}

/** What Control Hub says of a lost connection; undefined where its admin audit is not read, or nobody consented. */
async function whyOf({ db }: SummaryDeps, { connection }: Found['rows'][number]): Promise<Why | undefined> {
  const { organizationId, connectedAt: since, authorizedEmail } = connection;
  if (authorizedEmail === null) return undefined;
  if (!(await settingsOfOrganization(db, organizationId)).read_admin_audit) return undefined;
  const event = await lastGrantorEvent(db, { organizationId, since });
  if (!event) return 'not_read';
  const { kind } = event;
  return kind === AUDIT_READ ? 'nothing_seen' : { ...event, kind };
}
