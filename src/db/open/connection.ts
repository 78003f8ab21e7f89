// One connection to a PostgreSQL, for one statement or one transaction at a time. A connection that is lost is never used again.

import { connect as dial, type Socket } from 'node:net';
import postgres from 'postgres';
import { DatabaseUnavailable } from '../unavailable.ts';
import type { Server } from './server.ts';
import { type Ask, inTransaction, type Tx } from './transaction.ts';

/**
 * How long a statement may go unanswered. A connection whose packets get lost looks like one that waits, and the system gives it up after a quarter of an hour
 * or never. The server ends a statement sooner by itself (`statementMs`), so that a server that lives always answers in time.
 */
const usualSilentMs = 12_000;
const statementMs = 10_000;
/** The server ends a transaction whose client says nothing: a client that is cut off without a word would keep its row locks for hours. */
const idleInTransactionMs = 15_000;
const connectSeconds = 10;

const settings = {
  max: 1,
  connect_timeout: connectSeconds,
  // The pool ends connections that have lived long enough.
  max_lifetime: null,
  // Notices such as "already exists, skipping" are not worth a log line.
  onnotice: () => {},
} satisfies postgres.Options<Record<string, postgres.PostgresType>>;

/** How values travel, by type: Drizzle writes here what it wants to read and write itself. */
export type TypeMaps = Pick<postgres.Sql['options'], 'parsers' | 'serializers'>;

export interface ConnectionOptions {
  server: Pick<Server, 'options'>;
  types?: TypeMaps | undefined;
  /** How long a statement may go unanswered; 12,000 by default. */
  silentMs?: number;
  /** What a statement waits for may take long, as in a migration: neither the server nor this process ends it. */
  isPatient?: boolean;
  /** False where a pooler in between takes no settings of a session. */
  hasSessionLimits?: boolean;
  /** Asks the server for its types of arrays, which `types` then has. Connections that are given `types` need not ask. */
  fetchesTypes?: boolean;
  notified?: (channel: string, payload: string) => void;
  /** Called once, when the connection is lost or closed. */
  ended?: () => void;
}

export interface Connection {
  /**
   * @throws DatabaseUnavailable where no answer came: the statement may have run. The server's own errors are postgres.js's.
   */
  ask: Ask;
  transaction: Tx['transaction'];
  /** How this connection reads and writes values. */
  types: TypeMaps;
  isLost(): boolean;
  /** Gives the connection up at once. Statements under way are rejected. */
  drop(error: DatabaseUnavailable): void;
  /** Says goodbye to the server. For a connection that nobody uses. */
  close(): Promise<void>;
}

/**
 * A connection that is made at its first statement.
 *
 * postgres.js 3.4.9 can neither pool nor hold transactions over a lost connection. It writes on to a socket that is gone, which throws from a timer and ends
 * the process (porsager/postgres #1154, #1208). A connection that was lost while a write was pending never writes again, so that its statements hang. Here each
 * client has one connection, connects once, and begins no statement after a loss, so that neither can happen.
 */
export function openConnection(options: ConnectionOptions): Connection {
  const { server, types, isPatient = false, hasSessionLimits = true, fetchesTypes = false } = options;
  const { silentMs = usualSilentMs, notified, ended } = options;
  /** Rejects each statement under way. */
  const waiting = new Set<(error: Error) => void>();
  let lost: DatabaseUnavailable | undefined;
  let lastError: Error | undefined;
  let socket: Socket | undefined;
  let dials = 0;

  const driverOptions: DriverOptions = {
    ...settings,
    ...server.options,
    fetch_types: fetchesTypes,
    connection: {
      ...(hasSessionLimits && { idle_in_transaction_session_timeout: idleInTransactionMs }),
      ...(hasSessionLimits && !isPatient && { statement_timeout: statementMs }),
      // What DATABASE_URL says itself counts.
      application_name: 'hubkeeper',
      ...server.options.connection,
    },
    ...(notified && { onnotify: notified }),
    onclose: () => drop(closedBy(lastError)),
    socket: (where: Where) => {
      // The driver would dial for ever where a server accepts and hangs up. It asks once for each host of the URL.
      if (lost || dials >= where.host.length) {
        const error = lost ?? closedBy(lastError);
        drop(error);
        throw error;
      }
      socket = dialHost(where, dials++);
      socket.on('error', (error) => {
        lastError = error;
      });
      return socket;
    },
  };
  const sql = postgres(driverOptions);
  if (types) {
    Object.assign(sql.options.parsers, types.parsers);
    Object.assign(sql.options.serializers, types.serializers);
  }

  function drop(error: DatabaseUnavailable): void {
    if (lost) return;
    lost = error;
    socket?.destroy();
    for (const reject of waiting) reject(error);
    waiting.clear();
    ended?.();
  }

  /** Gives the connection up where no answer comes. */
  function answered<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = isPatient ? undefined : setTimeout(() => drop(silentFor(silentMs)), silentMs);
      const end = () => {
        clearTimeout(timer);
        waiting.delete(reject);
      };
      waiting.add(reject);
      answer.then(
        (value) => {
          end();
          resolve(value);
        },
        (error: unknown) => {
          end();
          reject(isOfConnection(error) ? unavailable(error) : error);
        },
      );
    });
  }

  const ask: Ask = async (text, values = [], { prepare = false, asArrays = false } = {}) => {
    if (lost) throw lost;
    const query = sql.unsafe(text, values, { prepare });
    return answered<unknown>(asArrays ? query.values() : query);
  };

  const transaction: Connection['transaction'] = (work) =>
    inTransaction(ask, work, (error) => drop(unavailable(error)));

  return {
    ask,
    transaction,
    types: sql.options,
    isLost: () => lost !== undefined,
    drop,
    async close() {
      if (lost) return;
      await sql.end({ timeout: 1 });
      drop(new DatabaseUnavailable('the connection is closed', { code: 'CONNECTION_ENDED' }));
    },
  };
}

/** Options of postgres.js, two of which its types leave out. */
interface DriverOptions extends postgres.Options<Record<string, postgres.PostgresType>> {
  onnotify?: (channel: string, payload: string) => void;
  socket: (where: Where) => Socket;
}

/** The hosts of the URL as postgres.js has read them. */
interface Where {
  host: string[];
  port: number[];
  path: string | false;
}

function dialHost({ host, port, path }: Where, index: number): Socket {
  if (path) return dial(path);
  const name = host[index] ?? '';
  // TLS asks for the certificate of this name.
  return Object.assign(dial({ host: name, port: port[index] ?? 5432, keepAlive: true }), { host: name });
}

const silentFor = (ms: number) =>
  new DatabaseUnavailable(`no answer within ${ms / 1000} seconds`, { code: 'CONNECTION_SILENT' });

const closedBy = (error: Error | undefined) =>
  error ? unavailable(error) : new DatabaseUnavailable('the connection was closed', { code: 'CONNECTION_CLOSED' });

/** Whether an error is the driver's or the system's about the connection. The server's own, and a statement that cannot be sent, are not. */
function isOfConnection(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error instanceof postgres.PostgresError) return false;
  return /^CONNECT(ION_|_TIMEOUT)/.test(String(error.code)) || 'syscall' in error;
}

function unavailable(error: unknown): DatabaseUnavailable {
  if (error instanceof DatabaseUnavailable) return error;
  const { message, code } =
    error instanceof Error ? (error as Error & { code?: unknown }) : { message: 'unknown', code: undefined };
  return new DatabaseUnavailable(message, { code: typeof code === 'string' ? code : undefined, cause: error });
}
