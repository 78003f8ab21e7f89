// Warnings, escalations and answers to them as messages.

import type { Named } from '../chat/named.ts';
import { type Connection, findConnection } from '../connections/connection.store.ts';
import { isAlive } from '../connections/connection-words.ts';
import { type Found, ofSpace, renderSummary, type SummaryDeps } from '../connections/summary.render.ts';
import { dayMs } from '../lib/durations.ts';
import { renders } from '../notices/notice.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { MOST_ESCALATION_DAYS } from '../settings/settings.ts';
import type { Band } from './bands.ts';
import {
  deadlinesNotice,
  escalationNotice,
  warningAcknowledgedNotice,
  warningSnoozedNotice,
  warningUnacknowledgedNotice,
} from './warning.notice.ts';
import { escalationMessage, warningMessage } from './warning.view.ts';
import { acknowledgedMessage, snoozedMessage, unacknowledgedMessage } from './warning-answers.view.ts';

/** Whether a connection is lost or still expires within that many days: a refresh or a reconnect may have moved its deadline. */
const endsWithin =
  (days: number) =>
  ({ state, refreshTokenExpiresAt }: Connection, now: Date) =>
    state === 'lost' || refreshTokenExpiresAt.getTime() <= now.getTime() + days * dayMs;

export const deadlinesRenderer = renders(deadlinesNotice, {
  mustBeHeard: true,
  render: (deps: SummaryDeps, notice, addressee) => {
    const { bands, reminders } = notice;
    const isNews = endsWithin(Math.max(...bands.map(({ days }) => days)));
    return renderSummary(deps, notice, isNews, (found) =>
      warningMessage({ ...found, ...ofSpace(addressee), bands: stillTrue(bands, found, notice), reminders }),
    );
  },
});

export const escalationRenderer = renders(escalationNotice, {
  render: (deps: SummaryDeps, notice) =>
    renderSummary(deps, notice, endsWithin(MOST_ESCALATION_DAYS + 1), (found) =>
      escalationMessage({ ...found, bands: stillTrue(notice.bands, found, notice) }),
    ),
});

/** The counts are those of when the notice was queued. Where a connection has left the message since, nobody knows to which of them it belonged. */
const stillTrue = (bands: readonly Band[], { rows }: Found, { organizationIds }: Named): readonly Band[] =>
  rows.length === organizationIds.length ? bands : [];

export const acknowledgedRenderer = renders(warningAcknowledgedNotice, {
  async render({ db, clock }: SummaryDeps, { organizationId, by }) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    return acknowledgedMessage({ organization, by, hasEnded: await hasEnded({ db, clock }, organizationId) });
  },
});

export const unacknowledgedRenderer = renders(warningUnacknowledgedNotice, {
  async render({ db, clock }: SummaryDeps, { organizationId, by }) {
    const organization = await findOrganization(db, organizationId);
    if (!organization) return deletedMessage;
    return unacknowledgedMessage({ organization, by, hasEnded: await hasEnded({ db, clock }, organizationId) });
  },
});

async function hasEnded({ db, clock }: SummaryDeps, organizationId: string): Promise<boolean> {
  const connection = await findConnection(db, organizationId);
  return connection !== undefined && !isAlive(connection, clock.now());
}

export const snoozedRenderer = renders(warningSnoozedNotice, {
  async render({ db, clock }: SummaryDeps, { organizationId, by, until }) {
    const organization = await findOrganization(db, organizationId);
    return organization ? snoozedMessage({ organization, by, until, now: clock.now() }) : deletedMessage;
  },
});
