// Who may read what is the operator's business: the bearer of a token where there is one, else requests from our own network that came through no proxy.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

/** Loopback, private, link-local and carrier-grade addresses (RFC 1918, 3927, 4193, 6598). */
const inside = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4');
}
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

/** The headers that proxies add to a request. */
const marksOfProxies = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Whether a request came directly, without a proxy, from an address that the internet does not route. */
export function isFromInside({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (address === '' || marksOfProxies.some((name) => headers[name] !== undefined)) return false;
  return inside.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** Whether the request may read what is the operator's business. `token`: METRICS_TOKEN. */
export function isOfOperator(request: Pick<IncomingMessage, 'headers' | 'socket'>, token: string | undefined): boolean {
  if (token === undefined) return isFromInside(request);
  const [, given] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Of one length, so that their comparison tells nothing of the token's. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
