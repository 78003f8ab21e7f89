// Closes an HTTP server without waiting for connections that nobody uses.

import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Follows a server's connections from now on. The function that it returns closes the server: no request is accepted any more, requests under way are
 * answered, and after `deadlineMs` milliseconds whatever is left is cut off.
 *
 * Node by itself closes connections that are idle at that moment. It would wait for those on which an answer ends later, which stay open for a next request,
 * and for those that a client has opened and not used yet.
 */
export function closerOf(server: Server): (deadlineMs: number) => Promise<void> {
  const connections = new Set<Socket>();
  let isClosing = false;
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (_request, response) => {
    // Node counts the connection as idle only after this event.
    response.once('close', () => isClosing && setImmediate(() => server.closeIdleConnections()));
  });

  return async (deadlineMs) => {
    isClosing = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
    await closed;
    clearTimeout(cutOff);
  };
}
