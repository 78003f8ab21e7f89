// The options of every bench.

export interface BenchOptions {
  /** Measures less. The figures can only be compared with those of other quick runs. */
  isQuick: boolean;
  /** In how many rounds commands are measured. */
  rounds: number;
  /** Measures only those contenders whose name holds this; empty: all. */
  only: string;
  /** `scale` measures with so many; empty: as many as usual. */
  organizations: readonly number[];
}
