// Keeps a second process out of an embedded database's folder, which would not notice and would lose rows. The lock is a listening socket
// in the folder: the kernel drops it with its process, so neither SIGKILL nor a pid that is used again leaves a lock behind.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FolderLock {
  release(): Promise<void>;
}

const SOCKET_NAME = /^lock-[0-9a-f]{8}\.sock$/;
/** The shortest limit of a socket's path among the systems that Node runs on (macOS), in bytes. */
const SOCKET_PATH_BYTES = 103;
const ATTEMPTS = 6;

/**
 * Takes the folder for this process, or throws an error that names the folder, the process that holds it and the hint.
 *
 * Each process announces itself (listens on a socket of its own), then looks for other sockets (one that nobody listens on is a dead
 * process's and is removed), then checks that nobody removed its own meanwhile. Two that start at once see each other, since each
 * announces before it looks; both step back for a random moment and try again.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  for (let attempt = 1; ; attempt += 1) {
    const { server, path } = await announce(folder);
    const holder = await findHolder(folder, path);
    if (holder === undefined && (await isThere(path))) {
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
    // A visitor that hangs up early is no concern of ours.
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
  // The lock alone keeps no process running.
  server.unref();
  return { server, path };
}

/** Says who else holds the folder, and removes what dead processes left in it. */
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

/** Who listens on a socket; nothing when nobody does. */
async function askHolder(path: string): Promise<string | undefined> {
  const socket = connect(path);
  socket.setEncoding('utf8');
  // A holder that is too busy to answer is alive all the same.
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

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
