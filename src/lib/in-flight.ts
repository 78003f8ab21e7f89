// Follows work in flight, so that a stop can wait for it.

export interface InFlight {
  /** Returns the same promise; whoever awaits it handles its failure. */
  follow<T>(work: Promise<T>): Promise<T>;
  /** Resolves once no work is in flight, however it ended. */
  settled(): Promise<void>;
}

/** Nothing is in flight yet. */
export function trackInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  return {
    follow(work) {
      running.add(work);
      const ended = () => void running.delete(work);
      work.then(ended, ended);
      return work;
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };
}
