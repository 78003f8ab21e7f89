// Keeps a second process out of an embedded database's folder: PGlite would not notice it, and rows would be lost. The lock is a listening socket in the
// folder. The kernel closes the socket with its process, so neither SIGKILL nor a reused pid leaves a lock behind.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exists } from './exists.ts';

export interface FolderLock {
  release(): Promise<void>;
}

const SOCKET_NAME = /^lock-[0-9a-f]{8}\.sock$/;
/** The shortest limit of a socket's path among the systems that Node runs on (macOS), in bytes. */
const SOCKET_PATH_BYTES = 103;
const ATTEMPTS = 6;

/**
 * Locks the folder for this process. Throws where another process has locked it: the error names the folder, that process, and what to do.
 *
 * A process first listens on a socket of its own in the folder. Then it looks for other sockets; a socket without a listener is a dead process's and is
 * removed. Last it checks that its own socket was not removed. Two processes that start at once see each other, since each listens before it looks: both
 * close their sockets, wait for a random moment and try again.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  for (let attempt = 1; ; attempt += 1) {
    const { server, path } = await announce(folder);
    const holder = await findHolder(folder, path);
    if (holder === undefined && (await exists(path))) {
      return { release: () => close(server) };
    }
    await close(server);
    if (attempt === ATTEMPTS) {
      throw new Error(
        `DATA_DIR ${folder} is in use by ${holder ?? 'another process'}. An embedded database serves one process: ` +
          'stop that process, give this one a DATA_DIR of its own, or set DATABASE_URL to share a PostgreSQL.',
      );
    }
    await sleep(20 + Math.random() * 80);
  }
}

async function announce(folder: string): Promise<{ server: Server; path: string }> {
  const path = socketPath(folder, `lock-${randomBytes(4).toString('hex')}.sock`);
  const server = createServer((socket) => {
    // A caller that hangs up early does no harm.
    socket.on('error', () => socket.destroy());
    socket.end(`process ${process.pid}`);
  });
  server.listen(path);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(
      `DATA_DIR ${folder} cannot be locked (${error instanceof Error ? error.message : String(error)}): ` +
        'it needs to be writable, on a file system that can hold sockets.',
    );
  }
  // The lock alone must not keep the process running.
  server.unref();
  return { server, path };
}

/** Says which other process has locked the folder, and removes the sockets of dead processes. */
async function findHolder(folder: string, ownPath: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const path = socketPath(folder, name);
    if (!SOCKET_NAME.test(name) || path === ownPath) {
      continue;
    }
    const holder = await askHolder(path);
    if (holder !== undefined) {
      return holder;
    }
    await rm(path, { force: true });
  }
  return undefined;
}

/** Who listens on a socket; undefined where nobody does. */
async function askHolder(path: string): Promise<string | undefined> {
  const socket = connect(path);
  socket.setEncoding('utf8');
  // A process that is too busy to answer is alive all the same.
  socket.setTimeout(1000, () => socket.destroy());
  let answer = '';
  try {
    await once(socket, 'connect');
    for await (const chunk of socket) {
      answer += chunk;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ECONNREFUSED' || code === 'ENOENT') {
      return undefined;
    }
  }
  return answer === '' ? 'another process' : answer;
}

function socketPath(folder: string, name: string): string {
  const full = join(folder, name);
  const short = relative(process.cwd(), full);
  const path = short.length < full.length ? short : full;
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES) {
    throw new Error(`DATA_DIR ${folder} has too long a path for the lock in it: choose a shorter one.`);
  }
  return path;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
