import { getGlobalDispatcher, type Interceptable, MockAgent, setGlobalDispatcher } from 'undici';
import { beforeEach, expect } from 'vitest';

/**
 * Plays Webex at `https://webexapis.test`, or another origin, in a test file: nothing else but loopback can be reached, and every
 * planned reply must be asked for, unless `cleanMocks` has forgotten the rest. It sees a form before it is written down: what goes over
 * the wire then, a real server has to say.
 */
export function pretendWebex(): (origin?: string) => Interceptable {
  let agent: MockAgent;
  beforeEach(() => {
    const former = getGlobalDispatcher();
    agent = new MockAgent();
    agent.disableNetConnect();
    agent.enableNetConnect(/^(127\.0\.0\.1|localhost)(:\d+)?$/);
    setGlobalDispatcher(agent);
    return async () => {
      const unasked = agent.pendingInterceptors().map(({ method, path }) => `${String(method)} ${String(path)}`);
      // Files that run after this one in the same process are to meet the real network.
      setGlobalDispatcher(former);
      await agent.close();
      expect(unasked).toEqual([]);
    };
  });
  return (origin = 'https://webexapis.test') => agent.get(origin);
}
