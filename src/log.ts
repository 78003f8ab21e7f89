// The log: JSON lines by pino that can hold only the fields listed here, so that no token, code, link or query gets in by accident.

import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

/** Everything a log line may say beside its message. A field that is not listed is left out. */
const allowedFields = new Set([
  'attempt',
  'auditEnd',
  'code',
  'command',
  'count',
  'driver',
  'durationMs',
  'err',
  'eventId',
  'job',
  'kind',
  'method',
  'noticeId',
  'organizationId',
  'outcome',
  'part',
  'personId',
  'queue',
  'reason',
  'requestId',
  'roomId',
  'route',
  'signal',
  'status',
  'trackingId',
  'transactionId',
  'url',
  'webhook',
]);

/** An error as the log shows it: no own properties, which in errors of HTTP libraries hold requests and their headers. */
interface LoggedError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: LoggedError;
}

/** What of an error may be logged, and shown to whoever started the program. */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is not an Error was thrown' };
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    // The database driver's errors carry the whole query and its parameters in the message.
    message: error.name === 'DrizzleQueryError' ? 'a database query failed' : firstLine(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.name === 'DrizzleQueryError' || error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 500);

/** The frames alone: a stack begins with the message, and minified libraries put whole source lines before the frames. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');

/**
 * The process's log. `destination` is standard output by default; tests give their own to read the lines.
 * An unlisted field is dropped from the line; errors go under `err`.
 */
export function createLog(options: { level: string; destination?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      formatters: {
        level: (label) => ({ level: label }),
        log: onlyAllowed,
        bindings: onlyAllowed,
      },
    },
    options.destination ?? pino.destination(1),
  );
}

/** The fields that may be logged. Most lines have no other, and are not copied. */
function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  if (Object.keys(fields).every((name) => allowedFields.has(name))) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => allowedFields.has(name)));
}
