// A way to a server on loopback that can be cut and opened again, for tests of what happens then.
import { createServer, connect as dial, type Socket } from 'node:net';

export type TcpProxy = Awaited<ReturnType<typeof openTcpProxy>>;

export async function openTcpProxy(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = dial(target.port, target.host);
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => {
        socket.destroy();
        onward.destroy();
        sockets.delete(end);
      });
    }
    socket.pipe(onward).pipe(socket);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  const { port } = address;
  return {
    port,
    /** Takes connections again, at the same port. */
    open: () => listen(port),
    /** From now on no byte passes on the connections of before, and none of them is cut. New ones work. */
    freeze(): void {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    /** Cuts all connections, and takes new ones. */
    cut(): void {
      for (const socket of sockets) socket.destroy();
    },
    /** Cuts all connections and takes no more. */
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
