// Sends requests through an organization's own proxy: one agent for each proxy address, kept for the life of the process.

import { type Dispatcher, ProxyAgent } from 'undici';

/** An organization's proxies, as `http(s)://[user:password]@host:port`; each is used for targets of its scheme. */
export interface ProxySettings {
  http?: string | undefined;
  https?: string | undefined;
}

const agents = new Map<string, ProxyAgent>();

/** The agent for requests to `target`; undefined where they need no proxy. Throws on a malformed proxy address, without repeating it. */
export function dispatcherFor(target: URL, proxy: ProxySettings | undefined): Dispatcher | undefined {
  const address = target.protocol === 'https:' ? proxy?.https : proxy?.http;
  if (address === undefined) return undefined;
  let agent = agents.get(address);
  if (agent === undefined) {
    agent = createAgent(address);
    agents.set(address, agent);
  }
  return agent;
}

function createAgent(address: string): ProxyAgent {
  const scheme = URL.canParse(address) ? new URL(address).protocol : undefined;
  if (scheme !== 'http:' && scheme !== 'https:') {
    throw new Error('The proxy address is no URL like http(s)://[user:password]@host:port.');
  }
  return new ProxyAgent(address);
}

/** Closes every connection to a proxy once its requests have ended; for the end of the process. */
export async function closeProxies(): Promise<void> {
  const closing = [...agents.values()].map((agent) => agent.close());
  agents.clear();
  await Promise.all(closing);
}
