// Asks the database once for what many ask for at the same time. A statement's own cost (its way there, its plan, its commit) is most of what a small one costs.

export interface BatchOptions {
  /** So long after an answer the next question is put at the earliest, so that more go together; 0 by default. */
  restMs?: number;
}

/**
 * A function for one that answers by `ask` for many: at once where nothing is under way, else together with all that came meanwhile. `ask`
 * answers in the order of its inputs. Where it throws for several, each is asked for on its own, so that nobody fails for a neighbour.
 */
export function batch<Input, Output>(
  ask: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  { restMs = 0 }: BatchOptions = {},
): (input: Input) => Promise<Output> {
  interface Asked {
    input: Input;
    resolve(output: Output): void;
    reject(error: unknown): void;
  }
  let waiting: Asked[] = [];
  let isUnderWay = false;
  let answeredAtMs = Number.NEGATIVE_INFINITY;

  async function answer(asked: readonly Asked[]): Promise<void> {
    try {
      const outputs = await ask(asked.map(({ input }) => input));
      asked.forEach(({ resolve }, index) => {
        resolve(outputs[index] as Output);
      });
    } catch (error) {
      if (asked.length > 1) await Promise.all(asked.map((one) => answer([one])));
      else asked[0]?.reject(error);
    }
  }

  async function work(): Promise<void> {
    isUnderWay = true;
    while (waiting.length > 0) {
      const leftMs = answeredAtMs + restMs - performance.now();
      if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
      const asked = waiting;
      waiting = [];
      await answer(asked);
      answeredAtMs = performance.now();
    }
    isUnderWay = false;
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      // Whoever asks within the same turn goes along.
      if (!isUnderWay) queueMicrotask(() => void (!isUnderWay && work()));
    });
}
