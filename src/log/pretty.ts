// The demo's log: one short line each for the person who started it, in place of JSON.

import type { DestinationStream } from 'pino';
import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string().default(''),
  err: z.looseObject({ message: z.string() }).optional(),
  durationMs: z.number().optional(),
  status: z.number().optional(),
});

/** What a person who tries the demo does not look for. */
const unsaid = new Set([
  ...['level', 'time', 'msg', 'err', 'durationMs', 'requestId', 'eventId', 'personId', 'roomId', 'trackingId'],
  ...['organizationId', 'noticeId'],
]);

/** A destination of the log. `write` gets each line as people read it, but for requests that went well: they would bury the rest. */
export function prettyLines(write: (text: string) => void): DestinationStream {
  return {
    write(text) {
      const line = lineSchema.parse(JSON.parse(text));
      if (line.msg !== 'request' || (line.status ?? 0) >= 400) write(`${inWords(line)}\n`);
    },
  };
}

function inWords({ level, time, msg, err, durationMs, ...fields }: z.infer<typeof lineSchema>): string {
  const clock = new Date(time).toTimeString().slice(0, 8);
  const more = Object.entries(fields).flatMap(([name, value]) =>
    unsaid.has(name) || typeof value === 'object' ? [] : [`${name} ${String(value)}`],
  );
  if (durationMs !== undefined)
    more.push(durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`);
  const mark = ['info', 'debug', 'trace'].includes(level) ? '' : `${level.toUpperCase()}: `;
  return `${clock}  ${mark}${msg}${err === undefined ? '' : `: ${err.message}`}${more.length === 0 ? '' : ` (${more.join(', ')})`}`;
}
