// One try of a refresh, and its entry in the journal.

import { createHash } from 'node:crypto';
import type { Organization } from '../../organizations/organization.store.ts';
import type { Settings } from '../../settings/settings.ts';
import { WebexRefused, type WebexUnavailable } from '../../webex/errors.ts';
import type { Connection } from '../connection.store.ts';
import type { NewRefresh, RefreshOutcome } from './journal.store.ts';

/** One try of a refresh. */
export interface Attempt {
  organization: Organization;
  /** The connection as it was when it was claimed. */
  held: Connection;
  /** Until when it is leased. */
  until: Date;
  settings: Settings;
  reason: NewRefresh['reason'];
  accessToken: string;
  refreshToken: string;
  transactionId: number;
  /** The number of this try within its transaction. */
  attempt: number;
}

const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 12);

/** A try's entry in the journal, without tokens. `after` is what Webex gave, `error` why it gave nothing. */
export function journalEntry(
  { organization, held, reason, transactionId, ...before }: Attempt,
  entry: {
    outcome: RefreshOutcome;
    at: Date;
    after?: { accessToken: string; refreshToken: string; accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date };
    error?: WebexRefused | WebexUnavailable;
  },
): NewRefresh {
  const now = entry.after ?? { ...held, ...before };
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
    code:
      entry.error === undefined ? null : entry.error instanceof WebexRefused ? entry.error.code : entry.error.reason,
    trackingId: entry.error?.trackingId ?? null,
  };
}
