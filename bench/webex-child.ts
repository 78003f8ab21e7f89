// The lean Webex as a child process, and how it is controlled.

import { startChild } from './child.ts';
import { here } from './program.ts';

export interface WebexChild {
  /** The REST base. */
  apiUrl: string;
  /**
   * Sends it a command: one of the paths in webex-process.ts.
   * @throws where it failed there, with its reason
   */
  control<T>(path: string, body: object): Promise<T>;
  stop(): Promise<void>;
}

/** Starts it on any free port; `cwd` is the folder that it runs in. */
export async function startWebex(cwd: string): Promise<WebexChild> {
  const child = await startChild(here('webex-process.js'), { ready: 'ready', cwd, env: {} });
  const apiUrl = child.said;
  return {
    apiUrl,
    async control<T>(path: string, body: object) {
      const url = apiUrl.replace(/\/v1$/, `/control/${path}`);
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${path} failed: ${JSON.stringify(answer)}`);
      return answer as T;
    },
    stop: child.stop,
  };
}
