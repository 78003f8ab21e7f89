// Whether a connect link can still be used, and why not.

export type LinkState = 'open' | 'used' | 'ended' | 'expired';

/** How often a link may be redeemed: a code that Webex refuses gives it back, but not for ever. */
export const MOST_REDEMPTIONS = 5;

/** The part of a link that decides. */
export interface DatedLink {
  redeemedAt: Date | null;
  endedAt: Date | null;
  expiresAt: Date;
}

/** A redeemed link is `used`, even after it was ended or its time has run out. */
export function connectLinkState({ redeemedAt, endedAt, expiresAt }: DatedLink, now: Date): LinkState {
  if (redeemedAt) return 'used';
  if (endedAt) return 'ended';
  return expiresAt <= now ? 'expired' : 'open';
}

/** Whether a redeemed link may be given back: it could be used otherwise, and has not come back too often. */
export function canComeBack(link: DatedLink & { redemptions: number }, now: Date): boolean {
  return connectLinkState({ ...link, redeemedAt: null }, now) === 'open' && link.redemptions < MOST_REDEMPTIONS;
}
