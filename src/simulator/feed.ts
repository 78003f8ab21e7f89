// Tells open chat pages what changed, as server-sent events that a page which was away catches up on.

import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { Happening } from './parts.ts';

/** Events that a returning page can catch up on; one that missed more starts afresh. */
const KEPT = 500;
const HEARTBEAT_MS = 15_000;

export interface Feed {
  tell(happening: Happening): void;
  /** Sends events to a page from the one after `lastEventId` on, until the page leaves. */
  follow(response: Response, lastEventId: string | undefined): void;
  close(): void;
}

/** What a page is told; it reads the rest itself. */
interface PageEvent {
  number: number;
  data: { resource: Happening['resource']; event: string; roomId?: string; messageId?: string };
}

export function createFeed(): Feed {
  // Numbers of another run mean nothing here, so each run has a name of its own.
  const run = randomUUID();
  const events: PageEvent[] = [];
  const followers = new Set<Response>();
  let last = 0;
  const heartbeat = setInterval(() => {
    for (const response of followers) response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  const write = (response: Response, { number, data }: PageEvent) =>
    response.write(`id: ${run}.${number}\ndata: ${JSON.stringify(data)}\n\n`);

  return {
    tell(happening) {
      const event = { number: ++last, data: dataOf(happening) };
      events.push(event);
      if (events.length > KEPT) events.shift();
      for (const response of followers) write(response, event);
    },
    follow(response, lastEventId) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      const [seenRun, seen] = lastEventId?.split('.') ?? [];
      const first = events[0]?.number ?? last + 1;
      const missedSome = lastEventId !== undefined && (seenRun !== run || Number(seen) + 1 < first);
      response.write(`retry: 1000\nid: ${run}.${last}\nevent: ${missedSome ? 'afresh' : 'ready'}\ndata: {}\n\n`);
      if (lastEventId !== undefined && !missedSome) {
        for (const event of events) if (event.number > Number(seen)) write(response, event);
      }
      followers.add(response);
      response.on('close', () => followers.delete(response));
    },
    close() {
      clearInterval(heartbeat);
      for (const response of followers) response.end();
    },
  };
}

function dataOf(happening: Happening): PageEvent['data'] {
  const { resource, event } = happening;
  switch (happening.resource) {
    case 'messages':
      return { resource, event, roomId: happening.message.roomId, messageId: happening.message.id };
    case 'memberships':
      return { resource, event, roomId: happening.membership.roomId };
    case 'rooms':
      return { resource, event, roomId: happening.room.id };
    case 'attachmentActions':
      return { resource, event, roomId: happening.action.roomId, messageId: happening.action.messageId };
    default:
      return { resource, event };
  }
}
