import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** Plays Webex at `https://webexapis.test` in a test file: nothing else but loopback can be reached, and every planned reply must be asked for. */
export function pretendWebex(): () => nock.Scope {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
  });
  // Files that run after this one in the same process are to meet the real network.
  afterAll(() => nock.restore());
  beforeEach(() => {
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    nock.enableNetConnect();
    expect(unused).toEqual([]);
  });
  return () => nock('https://webexapis.test');
}
