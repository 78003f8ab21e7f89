// The refreshes that this process has begun. An answer of Webex on its way may hold the only copy of a grant: whoever stops begins no more of them, and waits for these.

import { setMaxListeners } from 'node:events';

export interface RefreshesUnderWay {
  /** Aborts when the service leaves: no refresh begins any more, and none of those under way asks Webex again. */
  shutdownSignal: AbortSignal;
  follow<T>(refresh: Promise<T>): Promise<T>;
  /** Resolves once none is under way any more. */
  settled(): Promise<void>;
}

export function trackRefreshes(shutdownSignal: AbortSignal): RefreshesUnderWay {
  const underWay = new Set<Promise<unknown>>();
  // Each refresh that waits for its next try listens to it.
  setMaxListeners(0, shutdownSignal);
  return {
    shutdownSignal,
    follow(refresh) {
      underWay.add(refresh);
      const ended = () => void underWay.delete(refresh);
      refresh.then(ended, ended);
      return refresh;
    },
    settled: async () => {
      await Promise.allSettled(underWay);
    },
  };
}
