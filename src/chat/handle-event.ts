// What to do with one event of Webex: a subject says so for each kind that it handles.

import type { EventOutcome } from './event-outcome.ts';
import type { Handled, NewEvent } from './inbox.ts';

/** What a subject does with one kind of event. */
export interface EventHandler<Deps> {
  /** `resource/event`, as webhooks name it. */
  readonly event: string;
  /** @throws WebexUnavailable where Webex could not be asked what the event is about */
  handle(deps: Deps, event: NewEvent): Promise<Handled>;
}

/** What comes of an event that is not for us, as far as the event itself tells; undefined where it must be handled. */
export function foregoneOutcome(botPersonId: string, event: NewEvent): EventOutcome | undefined {
  // Our own messages come back as events; the sender stands in the event, so that they cost no call.
  return event.resource === 'messages' && event.personId === botPersonId ? 'own message' : undefined;
}

/** Handles an event by the handler of its kind. */
export async function handleEvent<Deps extends { botPersonId: () => string }>(
  deps: Deps,
  handlers: readonly EventHandler<Deps>[],
  event: NewEvent,
): Promise<Handled> {
  // An event that came before the bot knew who it is.
  const foregone = foregoneOutcome(deps.botPersonId(), event);
  if (foregone !== undefined) return { outcome: foregone };
  const name = `${event.resource}/${event.event}`;
  const handler = handlers.find((known) => known.event === name);
  return handler ? handler.handle(deps, event) : { outcome: 'ignored' };
}
