// Work that is on its way: followed, so that a stop can wait for it.

export interface InFlight {
  /** Gives back the same promise: its failure is whoever's awaits it. */
  follow<T>(work: Promise<T>): Promise<T>;
  /** Resolves once nothing is on its way any more, however it ended. */
  settled(): Promise<void>;
}

/** Nothing is on its way yet. */
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
