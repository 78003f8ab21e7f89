// A front as operators put it before the service: it has the public address, and passes on what it takes, with its path or without.
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Front = Awaited<ReturnType<typeof startFront>>;

/** Listens at a port of its own and takes what begins with `path`. */
export async function startFront(path: string) {
  const target = { port: 0, strips: true };
  const server = createServer((incoming, answer) => {
    const { url = '', method, headers } = incoming;
    if (!url.startsWith(`${path}/`)) return void answer.writeHead(421).end();
    const passed = send(
      {
        host: '127.0.0.1',
        port: target.port,
        method,
        path: target.strips ? url.slice(path.length) : url,
        headers: { ...headers, 'x-forwarded-for': '203.0.113.9' },
      },
      (received) => {
        answer.writeHead(received.statusCode ?? 502, received.headers);
        received.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${path}`,
    /** Where it passes requests on to. */
    to(port: number): void {
      target.port = port;
    },
    strips(isStripped: boolean): void {
      target.strips = isStripped;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
