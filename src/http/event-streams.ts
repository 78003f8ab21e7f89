// Server-sent events (HTML standard, "Server-sent events"): opens streams, keeps them alive and their number bounded, and ends them all at a stop.

import type { Response } from 'express';
import type { Clock } from '../lib/clock.ts';

export interface EventStream {
  /** Sends one event. Ends the stream where its reader has fallen far behind: it comes back, and gets what is true then. */
  send(data: string): void;
  end(): void;
}

export interface StreamOptions {
  clock: Clock;
  /** When the stream ends by itself. */
  endsAt: Date;
  /** What the stream is about; streams are also counted by it. */
  topic: string;
  /** Called once, however the stream ended. */
  onEnd: () => void;
}

export interface EventStreams {
  /** Begins to answer with a stream; undefined, and nothing is answered yet, where as many are open as may be. */
  open(response: Response, options: StreamOptions): EventStream | undefined;
  /** Ends all streams, and those that are still to be opened. */
  endAll(): void;
}

export interface StreamLimits {
  /** In this process. A stream costs a socket and some 40 KB of memory. */
  most: number;
  mostPerTopic: number;
  /** Proxies cut what is silent, many after a minute. */
  heartbeatMs: number;
}

const usual: StreamLimits = { most: 500, mostPerTopic: 20, heartbeatMs: 20_000 };

/** How long a browser waits before it connects again. */
const RECONNECT_MS = 2000;
/** What a reader may leave unread. An event of ours has some 2 KB. */
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
          // Nobody waits for a reader who does not read.
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
        // nginx would hold events back until its buffer is full.
        'X-Accel-Buffering': 'no',
        // So that the connection ends with the stream, and a stop waits for nobody.
        Connection: 'close',
      });
      response.write(`retry: ${RECONNECT_MS}\n\n`);
      beat();
      // The browser may have gone while we looked for what it asked.
      if (response.closed) stream.end();
      return open.has(stream) ? stream : undefined;
    },
    endAll() {
      isStopped = true;
      for (const stream of open.keys()) stream.end();
    },
  };
}
