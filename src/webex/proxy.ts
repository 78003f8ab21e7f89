// Sends requests through an organization's own proxy: one agent for each proxy address, kept for the life of the process.

import { Agent, type Dispatcher } from 'undici';
import { readProxyAddress } from './proxy-address.ts';
import { tunnelThrough } from './proxy-tunnel.ts';

/** An organization's proxies, as `http(s)://[user:password]@host:port`; each is used for targets of its scheme. */
export interface ProxySettings {
  http?: string | undefined;
  https?: string | undefined;
}

interface Way {
  dispatcher: Dispatcher;
  /** `host:port` of the proxy. */
  proxy: string;
}

const ways = new Map<string, Way & { dispatcher: Agent }>();

/** The way to `target`; undefined where it needs no proxy. Throws on a malformed proxy address, without repeating it. */
export function wayTo(target: URL, proxy: ProxySettings | undefined): Way | undefined {
  const address = target.protocol === 'https:' ? proxy?.https : proxy?.http;
  if (address === undefined) return undefined;
  let way = ways.get(address);
  if (way === undefined) {
    const read = readProxyAddress(address);
    way = { dispatcher: new Agent({ connect: tunnelThrough(read) }), proxy: read.name };
    ways.set(address, way);
  }
  return way;
}

/** Closes every connection to a proxy once its requests have ended; for the end of the process. */
export async function closeProxies(): Promise<void> {
  const closing = [...ways.values()].map(({ dispatcher }) => dispatcher.close());
  ways.clear();
  await Promise.all(closing);
}
