// Warnings, escalations and answers to them as messages.

import type { Connection } from '../connections/connection.store.ts';
import { ofSpace, renderSummary, type SummaryDeps } from '../connections/summary.render.ts';
import { dayMs } from '../lib/durations.ts';
import { renders } from '../notices/notice.ts';
import { deletedMessage } from '../organizations/deleted.view.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { MOST_ESCALATION_DAYS } from '../settings/settings.ts';
import {
  deadlinesNotice,
  escalationNotice,
  warningAcknowledgedNotice,
  warningSnoozedNotice,
} from './warning.notice.ts';
import { escalationMessage, warningMessage } from './warning.view.ts';
import { acknowledgedMessage, snoozedMessage } from './warning-answers.view.ts';

/** Whether a connection still expires within that many days: a refresh or a reconnect may have moved its deadline. */
const endsWithin =
  (days: number) =>
  ({ state, refreshTokenExpiresAt }: Connection, now: Date) =>
    state === 'lost' || refreshTokenExpiresAt.getTime() <= now.getTime() + days * dayMs;

export const deadlinesRenderer = renders(deadlinesNotice, {
  mustBeHeard: true,
  render: (deps: SummaryDeps, notice, addressee) => {
    const isNews = endsWithin(Math.max(...notice.bands.map(({ days }) => days)));
    return renderSummary(deps, notice, isNews, (found) => {
      const isWhole = found.rows.length === notice.organizationIds.length;
      return warningMessage({ ...found, ...ofSpace(addressee), bands: isWhole ? notice.bands : [] });
    });
  },
});

export const escalationRenderer = renders(escalationNotice, {
  render: (deps: SummaryDeps, notice) =>
    renderSummary(deps, notice, endsWithin(MOST_ESCALATION_DAYS), escalationMessage),
});

export const acknowledgedRenderer = renders(warningAcknowledgedNotice, {
  async render({ db }: SummaryDeps, { organizationId, by }) {
    const organization = await findOrganization(db, organizationId);
    return organization ? acknowledgedMessage({ organization, by }) : deletedMessage;
  },
});

export const snoozedRenderer = renders(warningSnoozedNotice, {
  async render({ db, clock }: SummaryDeps, { organizationId, by, until }) {
    const organization = await findOrganization(db, organizationId);
    return organization ? snoozedMessage({ organization, by, until, now: clock.now() }) : deletedMessage;
  },
});
