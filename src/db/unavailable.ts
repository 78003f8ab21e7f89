// Failures of the database that will pass, told apart from faults of ours: what failed may be tried again, and nobody is told of a fault.

import { DrizzleQueryError } from 'drizzle-orm';

/** The database could not be asked, or its answer did not come: it may have done what was asked, or not. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /** The system's or the driver's code, such as ECONNREFUSED. */
  readonly code: string | undefined;

  constructor(message: string, { code, cause }: { code?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Classes of SQLSTATE (PostgreSQL's manual, appendix A): connection exceptions; insufficient resources, which are a full disk, memory, and too many
 * connections; an operator's intervention, which is a shutdown, a start, or a canceled statement; errors of the server's system.
 */
const passingClasses = new Set(['08', '53', '57', '58']);
/** Beside those: a read-only server, an idle transaction that was ended, a failed serialization, a deadlock, a lock that was not free. */
const passingStates = new Set(['25006', '25P03', '40001', '40P01', '55P03']);
/** The database was dropped: waiting does not bring it back. */
const databaseDropped = '57P04';

/** Whether a failure of the database will pass by itself. False for every other error. */
export function willPass(error: unknown): boolean {
  const inner = error instanceof DrizzleQueryError ? error.cause : error;
  if (inner instanceof DatabaseUnavailable) return true;
  if (!(inner instanceof Error) || !('code' in inner) || typeof inner.code !== 'string') return false;
  const { code } = inner;
  if (!/^[0-9A-Z]{5}$/.test(code) || code === databaseDropped) return false;
  return passingStates.has(code) || passingClasses.has(code.slice(0, 2));
}
