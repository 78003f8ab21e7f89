import { describe, expect, it } from 'vitest';
import { type BatchOptions, batch } from '../../src/lib/batch.ts';

/** A database that answers when it is told to. */
function aDatabase(
  answer: (inputs: readonly number[]) => readonly number[] = (inputs) => inputs.map((n) => n * 10),
  options: BatchOptions = {},
) {
  const asked: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const ask = batch(async (inputs: readonly number[]) => {
    asked.push(inputs);
    await new Promise<void>((resolve) => answers.push(resolve));
    return answer(inputs);
  }, options);
  /** Answers until nobody waits. */
  const answerAll = async () => {
    for (let idle = 0; idle < 3; idle = answers.length === 0 ? idle + 1 : 0) {
      for (const each of answers.splice(0)) each();
      await new Promise(setImmediate);
    }
  };
  return { ask, asked, answerAll };
}

describe('what many ask for', () => {
  it('is asked for at once where nothing is under way, by all who ask in the same turn together', async () => {
    const { ask, asked, answerAll } = aDatabase();
    const answers = Promise.all([1, 2, 3].map(ask));
    await answerAll();
    expect(await answers).toEqual([10, 20, 30]);
    expect(asked).toEqual([[1, 2, 3]]);
  });

  it('goes together where it comes while a statement is under way', async () => {
    const { ask, asked, answerAll } = aDatabase();
    const answers = [];
    for (const number of [1, 2, 3, 4, 5]) {
      answers.push(ask(number));
      await new Promise(setImmediate);
    }
    expect(asked).toEqual([[1]]);
    await answerAll();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
    expect(asked).toEqual([[1], [2, 3, 4, 5]]);
  });

  it('fails for nobody but whom it fails for', async () => {
    const { ask, asked, answerAll } = aDatabase((inputs) => {
      if (inputs.includes(2)) throw new Error('not 2');
      return inputs;
    });
    const answers = Promise.allSettled([1, 2, 3].map(ask));
    await answerAll();
    expect(await answers).toMatchObject([{ value: 1 }, { reason: new Error('not 2') }, { value: 3 }]);
    expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
    // And goes on.
    const next = ask(4);
    await answerAll();
    expect(await next).toBe(4);
  });

  it('fails for all by a failure that is of all', async () => {
    const lost = new Error('lost');
    const { ask, asked, answerAll } = aDatabase(
      () => {
        throw lost;
      },
      { isOfAll: (error) => error === lost },
    );
    const answers = Promise.allSettled([1, 2].map(ask));
    await answerAll();
    expect(await answers).toMatchObject([{ reason: lost }, { reason: lost }]);
    expect(asked).toEqual([[1, 2]]);
  });
});
