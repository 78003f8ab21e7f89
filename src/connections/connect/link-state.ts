// Whether a connect link can still be used, and why not.

export type LinkState = 'open' | 'used' | 'expired';

/** A redeemed link is `used`, even after its time has run out. */
export function connectLinkState(link: { redeemedAt: Date | null; expiresAt: Date }, now: Date): LinkState {
  if (link.redeemedAt) return 'used';
  return link.expiresAt <= now ? 'expired' : 'open';
}
