// A connection's state in words, for every view that names it.

import { shownName } from '../chat/facts.ts';
import { dayMs } from '../lib/durations.ts';
import { capitalized, shorten } from '../lib/text.ts';
import { deadlineWords, distanceWords, durationWords, nextWords } from '../lib/time-words.ts';
import type { connections } from './connections.schema.ts';
import { soonMs } from './deadline.ts';
import { troublesIn } from './probe/findings.ts';
import { type HeldInWay, hasDeadline, wordsOfHolder } from './ways/ways.ts';

/** What people may see of a connection: never its tokens. */
export type ConnectionView = Pick<
  typeof connections.$inferSelect,
  | 'accessTokenExpiresAt'
  | 'refreshTokenExpiresAt'
  | 'connectedAt'
  | 'way'
  | 'appClientId'
  | 'authorizedEmail'
  | 'byPartner'
  | 'state'
  | 'refreshDueAt'
  | 'findings'
>;

/** The columns that tell its state in short, as lists do. */
export type ConnectionState = Pick<
  ConnectionView,
  'accessTokenExpiresAt' | 'refreshTokenExpiresAt' | 'way' | 'appClientId' | 'state' | 'refreshDueAt' | 'findings'
>;

/** What takes over where it is lost, and why that did not. */
export type FallBackView = Pick<typeof connections.$inferSelect, 'fallbackWay' | 'fallbackRefusal'>;

/** Who acknowledged the present deadline and when, and until when its warnings are snoozed. */
export type CareView = Pick<typeof connections.$inferSelect, 'acknowledgedBy' | 'acknowledgedAt' | 'snoozedUntil'>;

/** A mark that says the same as the words after it, for the eye. */
export function connectionMark(connection: ConnectionState | null, now: Date): string {
  if (connection === null) return '⚪';
  if (connection.state === 'lost') return '❌';
  const leftMs = connection.refreshTokenExpiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return '❌';
  const isWell =
    leftMs > soonMs && connection.state === 'connected' && isSound(connection) && !isOverdue(connection, now);
  return isWell ? '✅' : '⚠️';
}

/** `Not connected`, `Connected, 90 days left`, `Connected by a service app; not everything works`, `Expired 3 days ago`, `Lost: connect it again` */
export function connectionInShort(connection: ConnectionState | null, now: Date): string {
  if (connection === null) return 'Not connected';
  if (connection.state === 'lost') return 'Lost: connect it again';
  const endsAt = connection.refreshTokenExpiresAt;
  if (endsAt <= now) return `Expired ${distanceWords(endsAt, now)}`;
  const isByItself = !hasDeadline(connection);
  const left = isByItself
    ? `held by ${wordsOfHolder(connection)}`
    : `${durationWords(endsAt.getTime() - now.getTime())} left`;
  if (isOverdue(connection, now)) {
    return `Not refreshed in time, access token expired ${distanceWords(connection.accessTokenExpiresAt, now)}; ${left}`;
  }
  return connection.state === 'failing'
    ? `Cannot be refreshed now, next try ${nextWords(connection.refreshDueAt, now)}; ${left}`
    : `Connected, ${left}${isSound(connection) ? '' : '; not everything works'}`;
}

/** A refresh that should have come before the access token's end, and neither came nor failed: whatever holds it up, nothing can be read meanwhile. */
const isOverdue = ({ state, accessTokenExpiresAt, refreshDueAt }: ConnectionState, now: Date): boolean =>
  state === 'connected' && accessTokenExpiresAt <= now && refreshDueAt <= now;

/** True where the last check found nothing wrong. Reads without an answer count for nothing. */
const isSound = ({ findings }: ConnectionState): boolean => troublesIn(findings).length === 0;

/** From so long before its expiry on, a connection is shown in red. */
const urgentMs = 3 * dayMs;

/** True where the connection has ended, or is about to. */
export function isUrgent(connection: ConnectionState, now: Date): boolean {
  return connection.state === 'lost' || connection.refreshTokenExpiresAt.getTime() - now.getTime() <= urgentMs;
}

/** True while Webex should still take the refresh token. */
export function isAlive(connection: ConnectionState, now: Date): boolean {
  return connection.state !== 'lost' && connection.refreshTokenExpiresAt > now;
}

/** Both deadlines, as facts of a card or items of a list. */
export function deadlineFacts(
  tokens: Pick<ConnectionView, 'accessTokenExpiresAt' | 'refreshTokenExpiresAt'>,
  now: Date,
): { title: string; value: string }[] {
  return [
    { title: 'Access token expires', value: deadlineWords(tokens.accessTokenExpiresAt, now) },
    {
      title: 'Refresh token expires',
      value: hasDeadline(tokens)
        ? deadlineWords(tokens.refreshTokenExpiresAt, now)
        : 'Replaced by itself: no person is needed',
    },
  ];
}

const EMAIL_MAX_CHARACTERS = 120;

/** Who or what holds a connection. */
export type Holder = HeldInWay & Pick<ConnectionView, 'authorizedEmail'>;

/** The grantor’s e-mail, a partner’s administrator marked as one; or what holds it without a person’s consent. */
export function grantorWords({
  authorizedEmail,
  byPartner,
  ...held
}: Holder & Pick<ConnectionView, 'byPartner'>): string {
  if (authorizedEmail === null) return capitalized(wordsOfHolder(held));
  const grantor = shorten(authorizedEmail, EMAIL_MAX_CHARACTERS);
  return byPartner ? `${grantor} (a partner’s administrator)` : grantor;
}

/** `authorized by ada@acme.example`, `held by the grant of the partner` */
export const holderWords = ({ authorizedEmail, ...held }: Holder): string =>
  authorizedEmail === null ? `held by ${wordsOfHolder(held)}` : `authorized by ${shownName(authorizedEmail)}`;

/** `Connect`, or `Reconnect` where there is or was a connection. */
export function connectVerb(connection: ConnectionState | null): 'Connect' | 'Reconnect' {
  return connection === null ? 'Connect' : 'Reconnect';
}
