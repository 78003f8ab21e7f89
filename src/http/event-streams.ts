// Server-sent events (HTML standard, "Server-sent events"): opens streams, keeps them alive and their number bounded, and ends them all at a stop.

import type { Response } from 'express';
import type { Clock } from '../lib/clock.ts';

export interface EventStream {
  /** Sends one event. Ends the stream where its reader has fallen far behind: the browser connects again and gets the current state. */
  send(data: string): void;
  end(): void;
}

export interface StreamOptions {
  clock: Clock;
  /** When the stream ends by itself. */
  endsAt: Date;
  /** What the stream is about. The number of streams is also limited by it. */
  topic: string;
  /** Called once, however the stream ended. */
  onEnd: () => void;
}

export interface EventStreams {
  /** Begins to answer with a stream. Undefined, with nothing answered yet, where too many are open. */
  open(response: Response, options: StreamOptions): EventStream | undefined;
  /** Ends all streams, also those that are opened later. */
  endAll(): void;
}

export interface StreamLimits {
  /** The most streams in this process. A stream costs a socket and some 40 KB of memory. */
  most: number;
  mostPerTopic: number;
  /** The time between two keep-alive comments: proxies cut silent connections, many after a minute. */
  heartbeatMs: number;
}

const usual: StreamLimits = { most: 500, mostPerTopic: 20, heartbeatMs: 20_000 };

/** How long a browser waits before it connects again. */
const RECONNECT_MS = 2000;
/** How many bytes a reader may leave unread. An event of ours has some 2 KB. */
const UNREAD_MAX_BYTES = 64 * 1024;

/** The streams of this process, none open yet. */
export function createEventStreams({ most, mostPerTopic, heartbeatMs }: StreamLimits = usual): EventStreams {
  const open = new Map<EventStream, string>();
  let isStopped = false;

  return {
    open(response, { clock, endsAt, topic, onEnd }) {
      const sameTopic = [...open.values()].filter((other) => other === topic).length;
      if (isStopped || open.size >= most || sameTopic >= mostPerTopic) return undefined;
      let timer: NodeJS.Timeout | undefined;
      const stream: EventStream = {
        send(data) {
          if (!open.has(stream)) return;
          const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
          response.write(`${lines.join('')}\n`);
          if (response.writableLength > UNREAD_MAX_BYTES) stream.end();
        },
        end() {
          if (!open.delete(stream)) return;
          clearTimeout(timer);
          // A reader that does not read is not waited for.
          if (response.writableLength > UNREAD_MAX_BYTES) response.destroy();
          else response.end();
          onEnd();
        },
      };
      function beat(): void {
        const leftMs = endsAt.getTime() - clock.now().getTime();
        if (leftMs <= 0) {
          stream.end();
          return;
        }
        timer = setTimeout(
          () => {
            response.write(': still here\n\n');
            beat();
          },
          Math.min(heartbeatMs, leftMs),
        );
      }
      open.set(stream, topic);
      response.once('close', stream.end);
      response.set({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        // Without this, nginx delays events until its buffer is full.
        'X-Accel-Buffering': 'no',
        // The connection ends with the stream, so that a stop need not wait for it.
        Connection: 'close',
      });
      response.write(`retry: ${RECONNECT_MS}\n\n`);
      beat();
      // The browser may have disconnected before the stream was opened.
      if (response.closed) stream.end();
      return open.has(stream) ? stream : undefined;
    },
    endAll() {
      isStopped = true;
      for (const stream of open.keys()) stream.end();
    },
  };
}
