// One try of a refresh, and its entry in the journal.

import { createHash } from 'node:crypto';
import type { Organization } from '../../organizations/organization.store.ts';
import type { Settings } from '../../settings/settings.ts';
import type { LiveConnection } from '../connection.store.ts';
import type { NewRefresh, RefreshOutcome } from './journal.store.ts';
import { codeOf, type WhyAgain } from './why-again.ts';

/** One try of a refresh, before its tokens are opened. */
export interface ClaimedAttempt {
  organization: Organization;
  /** The connection as it was when it was claimed. */
  held: LiveConnection;
  /** Until when it is leased. */
  until: Date;
  /** What counts for the organization, and which refreshes its space is notified of. */
  settings: Settings;
  verbosity: Settings['verbosity'];
  reason: NewRefresh['reason'];
  transactionId: number;
  /** The number of this try within its transaction. */
  attempt: number;
}

/** One try of a refresh. */
export interface Attempt extends ClaimedAttempt {
  accessToken: string;
  refreshToken: string;
}

const fingerprint = (token: string | undefined): string =>
  token === undefined ? '' : createHash('sha256').update(token).digest('hex').slice(0, 12);

/** A try's entry in the journal, without tokens. `after` is what Webex gave, `error` why it gave nothing. Tokens that could not be opened have no fingerprint. */
export function journalEntry(
  { organization, held, reason, transactionId, ...before }: ClaimedAttempt & Partial<Attempt>,
  entry: {
    outcome: RefreshOutcome;
    at: Date;
    after?: { accessToken: string; refreshToken: string; accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date };
    error?: WhyAgain;
  },
): NewRefresh {
  const { error } = entry;
  const now = entry.after ?? { ...held, accessToken: before.accessToken, refreshToken: before.refreshToken };
  return {
    organizationId: organization.id,
    at: entry.at,
    reason,
    transactionId,
    outcome: entry.outcome,
    oldDeadlineAt: held.refreshTokenExpiresAt,
    newDeadlineAt: now.refreshTokenExpiresAt,
    accessTokenExpiresAt: now.accessTokenExpiresAt,
    accessTokenFingerprint: fingerprint(now.accessToken),
    refreshTokenFingerprint: fingerprint(now.refreshToken),
    code: error === undefined ? null : codeOf(error),
    trackingId: typeof error === 'object' ? (error.trackingId ?? null) : null,
  };
}
