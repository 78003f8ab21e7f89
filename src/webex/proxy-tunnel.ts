// Opens a way through a proxy: one CONNECT, whose end is a tunnel or an error that says what the proxy did. undici's own ProxyAgent goes round for ever where a
// proxy closes the connection, and does not tell the proxy's answers from Webex's.

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { ProxyAddress } from './proxy-address.ts';
import { ProxyError, type ProxyProblem } from './proxy-problem.ts';

/** How long a proxy may take to open a way. */
const connectTimeoutMs = 10_000;

/** A connector for undici that reaches its target through the proxy. */
export function tunnelThrough(proxy: ProxyAddress): buildConnector.connector {
  const connectTls = buildConnector({ timeout: connectTimeoutMs });
  return (options, callback) => {
    openTunnel(proxy, options).then(
      (socket) => {
        if (options.protocol === 'https:') connectTls({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error('a proxy failed'), null),
    );
  };
}

/** Sends one CONNECT. @throws ProxyError */
function openTunnel(
  { isTls, hostname, port, authorization, name }: ProxyAddress,
  target: buildConnector.Options,
): Promise<Socket> {
  const targetPort = target.port || (target.protocol === 'https:' ? '443' : '80');
  const host = `${target.hostname.includes(':') && !target.hostname.startsWith('[') ? `[${target.hostname}]` : target.hostname}:${targetPort}`;
  return new Promise((resolve, reject) => {
    const connecting = (isTls ? httpsRequest : httpRequest)({
      method: 'CONNECT',
      hostname,
      port,
      path: host,
      headers: { host, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
      agent: false,
      timeout: connectTimeoutMs,
    });
    let isConnected = false;
    connecting.on('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      });
    });
    connecting.on('connect', (response, socket, head) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status <= 299) {
        if (head.length > 0) socket.unshift(head);
        (socket as Socket).setTimeout(0);
        resolve(socket as Socket);
        return;
      }
      socket.on('error', () => socket.destroy());
      socket.destroy();
      reject(new ProxyError(name, problemOf(status), { status }));
    });
    connecting.on('timeout', () => connecting.destroy(new ProxyError(name, 'timeout', { code: 'ETIMEDOUT' })));
    connecting.on('error', (error) => {
      if (error instanceof ProxyError) return reject(error);
      const code = 'code' in error && typeof error.code === 'string' ? error.code : 'PROXY';
      if (code.startsWith('HPE_')) return reject(new ProxyError(name, 'no_http', { code }));
      reject(new ProxyError(name, isConnected ? 'closed' : 'unreachable', { code }));
    });
    connecting.end();
  });
}

function problemOf(status: number): ProxyProblem {
  if (status === 407) return 'credentials';
  return status >= 400 && status <= 499 ? 'refused' : 'failed';
}
