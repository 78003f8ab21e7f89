// What a person may ask of any bench.

export interface BenchOptions {
  /** Less, for figures to compare only with themselves. */
  isQuick: boolean;
  /** How often commands are measured. */
  rounds: number;
  /** Measures only those contenders whose name holds this; empty: all. */
  only: string;
}
