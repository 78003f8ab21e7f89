// What libraries print to the console, and what Node.js warns of, goes through the log: as lines of JSON, with allowed fields alone.

import type { Log } from '../log.ts';

const levels = {
  debug: 'debug',
  trace: 'debug',
  log: 'info',
  info: 'info',
  dir: 'info',
  warn: 'warn',
  error: 'error',
} as const;

/**
 * From now on a call of `console` is a line of the log. It names the package that printed and the error that it printed, never the text: libraries print ids
 * of spaces, addresses and names into it.
 */
export function logConsole(log: Log, target: Console = console): void {
  for (const [name, level] of Object.entries(levels)) {
    Object.assign(target, {
      [name]: (...printed: unknown[]) => {
        const err = printed.find((value) => value instanceof Error);
        const part = packageOf(new Error('printed').stack ?? '');
        log[level](err === undefined ? { part } : { part, err }, 'a library printed to the console');
      },
    });
  }
}

/** The first package among the callers; `program` where there is none. */
function packageOf(stack: string): string {
  const [, name] = /node_modules[\\/]((?:@[^\\/\s]+[\\/])?[^\\/\s]+)/.exec(stack) ?? [];
  return name ?? 'program';
}

/** From now on warnings of Node.js, such as of deprecated calls, are lines of the log; Node.js would print them as text. */
export function logWarnings(log: Log): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning, part: 'node' }, 'Node.js warns'));
}
