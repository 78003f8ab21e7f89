// Puts many questions to the database as one statement: the round trip, the plan and the commit are most of what a small statement costs.

export interface BatchOptions {
  /** The least time between an answer and the next call of `ask`, so that more inputs go together; 0 by default. */
  restMs?: number;
  /** Whether an error is about none of the inputs: all of them fail by it, and `ask` is not called again. By default no error is. */
  isOfAll?: (error: unknown) => boolean;
}

/**
 * Makes a function for one input from `ask` for many. Inputs that come while `ask` runs go together into its next call. `ask` answers in the order of its
 * inputs. Where it throws for many, it is called again for each input alone, so that no input fails for another's error.
 */
export function batch<Input, Output>(
  ask: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  { restMs = 0, isOfAll = () => false }: BatchOptions = {},
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
      if (asked.length > 1 && !isOfAll(error)) await Promise.all(asked.map((one) => answer([one])));
      else for (const { reject } of asked) reject(error);
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
      // Inputs of the same turn of the event loop go along.
      if (!isUnderWay) queueMicrotask(() => void (!isUnderWay && work()));
    });
}
