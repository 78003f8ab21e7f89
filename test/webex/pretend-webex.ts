import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';

/** Plays Webex at `https://webexapis.test` in a test file: nothing else but loopback can be reached, and every planned reply must be asked for. */
export function pretendWebex(): () => nock.Scope {
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
