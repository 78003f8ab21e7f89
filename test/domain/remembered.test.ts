import { describe, expect, it } from 'vitest';
import { cachedFor } from '../../src/lib/cached-for.ts';

/** A question that counts how often it is put, and a clock that stands until it is moved. */
function setUp(answer: (asked: number) => Promise<string> = (asked) => Promise.resolve(`answer ${asked}`)) {
  let asked = 0;
  let nowMs = 0;
  const ask = cachedFor({ clock: { now: () => new Date(nowMs) }, forMs: 1000 }, () => answer(++asked));
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { ask, pass };
}

describe('a remembered answer', () => {
  it('is good for its time, and asked for again after it', async () => {
    const { ask, pass } = setUp();
    expect(await ask()).toBe('answer 1');
    pass(999);
    expect(await ask()).toBe('answer 1');
    pass(1);
    expect(await ask()).toBe('answer 2');
  });

  it('is one for all who ask while the question is open, however long that takes', async () => {
    let tell = (_: string) => {};
    const { ask, pass } = setUp(
      () =>
        new Promise((resolve) => {
          tell = resolve;
        }),
    );
    const first = ask();
    pass(60_000);
    const second = ask();
    tell('late');
    expect(await Promise.all([first, second])).toEqual(['late', 'late']);
    expect(await ask()).toBe('late');
  });

  it('is not remembered when it is a failure, thrown or rejected', async () => {
    const { ask } = setUp((asked) => {
      if (asked === 1) throw new Error('thrown');
      return asked === 2 ? Promise.reject(new Error('rejected')) : Promise.resolve('well');
    });
    await expect(ask()).rejects.toThrow('thrown');
    await expect(ask()).rejects.toThrow('rejected');
    expect(await ask()).toBe('well');
  });
});
