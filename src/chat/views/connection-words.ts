// A connection's state in words, for every view that names it.

import type { connections } from '../../db/schema.ts';
import { deadlineWords, distanceWords, durationWords } from '../../domain/expiry-words.ts';

/** What people may see of a connection: never its tokens. */
export type ConnectionView = Pick<
  typeof connections.$inferSelect,
  'accessTokenExpiresAt' | 'refreshTokenExpiresAt' | 'connectedAt' | 'authorizedEmail' | 'byPartner'
>;

/** How many days before its end a connection is marked as ending soon. */
const SOON_MS = 14 * 24 * 60 * 60 * 1000;

/** A mark that says the same as the words after it, for the eye. */
export function connectionMark(connection: ConnectionView | null, now: Date): string {
  if (connection === null) return '⚪';
  const leftMs = connection.refreshTokenExpiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return '❌';
  return leftMs <= SOON_MS ? '⚠️' : '✅';
}

/** `Not connected`, `Connected, 90 days left`, `Expired 3 days ago` */
export function connectionInShort(connection: ConnectionView | null, now: Date): string {
  if (connection === null) return 'Not connected';
  const endsAt = connection.refreshTokenExpiresAt;
  return isAlive(connection, now)
    ? `Connected, ${durationWords(endsAt.getTime() - now.getTime())} left`
    : `Expired ${distanceWords(endsAt, now)}`;
}

/** True while Webex should still take the refresh token. */
export function isAlive(connection: ConnectionView, now: Date): boolean {
  return connection.refreshTokenExpiresAt > now;
}

/** Both deadlines, as facts of a card or items of a list. */
export function deadlineFacts(
  tokens: Pick<ConnectionView, 'accessTokenExpiresAt' | 'refreshTokenExpiresAt'>,
  now: Date,
): { title: string; value: string }[] {
  return [
    { title: 'Access token expires', value: deadlineWords(tokens.accessTokenExpiresAt, now) },
    { title: 'Refresh token expires', value: deadlineWords(tokens.refreshTokenExpiresAt, now) },
  ];
}

/** `Connect`, or `Reconnect` where there is or was a connection. */
export function connectVerb(connection: ConnectionView | null): 'Connect' | 'Reconnect' {
  return connection === null ? 'Connect' : 'Reconnect';
}
