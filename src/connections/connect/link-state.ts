// Whether a connect link can still be used, and why not.

export type LinkState = 'open' | 'used' | 'expired';

/** A link that was taken is `used` even after its time has run out: that is what its reader wants to know. */
export function connectLinkState(link: { redeemedAt: Date | null; expiresAt: Date }, now: Date): LinkState {
  if (link.redeemedAt) return 'used';
  return link.expiresAt <= now ? 'expired' : 'open';
}
