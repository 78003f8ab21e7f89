// A PostgreSQL of a test's own, in a temporary folder: it may be stopped, filled and started again while a program uses it.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';

const run = promisify(execFile);

/** Where the server's programs are; undefined where none are installed. */
export const binaries: string | undefined = findBinaries();

function findBinaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const installed = existsSync(root) ? readdirSync(root).map((version) => join(root, version, 'bin')) : [];
  return [...installed.reverse(), configured()].find((folder) => folder && existsSync(join(folder, 'initdb')));
}

function configured(): string | undefined {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  } catch {
    // There is no `pg_config`: the usual place is all that is looked at.
    return undefined;
  }
}

const isRoot = process.getuid?.() === 0;
/** PostgreSQL refuses to run as root. */
const asServer = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];

/** Room for the data, on a disk of its own where the system lets us make one: that disk can be filled. */
const diskMb = 200;
const mostConnections = 30;

export type OwnPostgres = Awaited<ReturnType<typeof startOwnPostgres>>;

export async function startOwnPostgres(port: number) {
  const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-postgres-'));
  const disk = join(folder, 'disk');
  const data = join(disk, 'data');
  const log = join(disk, 'log');
  const ballast = join(disk, 'ballast');
  await chmod(folder, 0o755);
  await mkdir(disk);
  const ownsDisk = await mounted(disk);
  if (isRoot) await run('chown', ['postgres', disk]);
  const program = (name: string, ...args: string[]) => {
    const [command = '', ...rest] = [...asServer, join(binaries ?? '', name), ...args];
    // The server goes on after `pg_ctl`, and must not hold its output open.
    return new Promise<void>((resolve, reject) => {
      execFile(command, rest, { cwd: '/' }, (error, _out, problem) => (error ? reject(new Error(problem)) : resolve()));
    });
  };
  await program('initdb', '-D', data, '-U', 'hubkeeper', '--auth=trust', '--no-sync');
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=${mostConnections} -c shared_buffers=16MB -c max_wal_size=64MB -c min_wal_size=32MB`;
  const start = () => program('pg_ctl', 'start', '-D', data, '-l', log, '-w', '-o', options);
  const stop = (mode: 'fast' | 'immediate') => program('pg_ctl', 'stop', '-D', data, '-w', '-m', mode);
  const url = `postgres://hubkeeper@127.0.0.1:${port}/postgres`;
  await start();

  async function asOwner(statement: string): Promise<void> {
    const client = postgres(url, { max: 1, onnotice: () => {}, connection: { default_transaction_read_only: false } });
    try {
      await client.unsafe(statement);
    } finally {
      await client.end();
    }
  }

  return {
    url,
    ownsDisk,
    start,
    stop,
    /** Every transaction may only read from now on, or may write again. */
    async readOnly(isOn: boolean): Promise<void> {
      await asOwner(`alter system set default_transaction_read_only = ${isOn ? 'on' : 'off'}`);
      await asOwner('select pg_reload_conf()');
    },
    /** Takes all connections that are left until the returned function is called. */
    async takeAllConnections(): Promise<() => Promise<void>> {
      await asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hubkeeper' and pid <> pg_backend_pid()`,
      );
      const clients = Array.from({ length: mostConnections }, () => postgres(url, { max: 1, onnotice: () => {} }));
      await Promise.allSettled(clients.map((client) => client`select 1`));
      return async () => {
        await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
      };
    },
    /** Leaves no room on the disk until the returned function is called. */
    async fillDisk(): Promise<() => Promise<void>> {
      const { bavail, bsize } = await statfs(disk);
      await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch((error: NodeJS.ErrnoException) => {
        // The last bytes may not fit any more: it is full then.
        if (error.code !== 'ENOSPC') throw error;
      });
      return async () => {
        await truncate(ballast);
      };
    },
    async remove(): Promise<void> {
      await stop('immediate');
      if (ownsDisk) await run('umount', ['-l', disk]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function mounted(folder: string): Promise<boolean> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', folder]);
    return true;
  } catch {
    // Not allowed here: the disk is not filled then, which the test says.
    return false;
  }
}
