// A forward proxy that wants credentials, as customers have them; and TLS in front of a server, trusted by whoever is given the certificate.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsHttpServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { certificate, key } from './localhost-certificate.ts';

const join = (one: Duplex, other: Duplex) => {
  one.pipe(other).pipe(one);
  for (const end of [one, other]) end.on('error', () => [one, other].map((each) => each.destroy()));
};

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Lets through whoever names these credentials, as `user:password`. With `isTls` it is spoken to in TLS itself. */
export async function openProxy(credentials: string, { isTls = false }: { isTls?: boolean } = {}) {
  const due = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const [user] = credentials.split(':');
  const targets: string[] = [];
  let isClosedTo = false;
  const server = isTls ? createTlsHttpServer({ key, cert: certificate }) : createServer();
  server.on('connect', (request: IncomingMessage, socket) => {
    if (isClosedTo || request.headers['proxy-authorization'] !== due) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const target = request.url ?? '';
    const [host = '', port = ''] = target.split(':');
    const upstream = connect(Number(port), host, () => {
      targets.push(target);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    });
    join(upstream, socket);
  });
  const open = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const port = await listening(server);
  return {
    /** As a record names it; the password is written as it stands in an address. */
    address: (password: string) => `${isTls ? 'https' : 'http'}://${user}:${password}@localhost:${port}`,
    /** How many tunnels it has opened. */
    used: () => targets.length,
    /** Where they lead, as `host:port`. */
    targets: () => [...targets],
    /** From now on it lets nobody through, and ends the tunnels that there are. */
    refuse(): void {
      isClosedTo = true;
      for (const socket of open) socket.destroy();
    },
    close: () => server.close(),
  };
}

/** A server of TLS that passes on to the server at this port. */
export async function openTls(port: number) {
  const server = createTlsServer({ key, cert: certificate }, (socket) => join(connect(port, '127.0.0.1'), socket));
  return { host: `localhost:${await listening(server)}`, close: () => server.close() };
}
