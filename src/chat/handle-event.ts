// How events of Webex are handled: a subject declares a handler for each kind of event that is its own.

import type { EventOutcome } from './event-outcome.ts';
import type { Handled, NewEvent } from './inbox.ts';

/** What a subject does with one kind of event. */
export interface EventHandler<Deps> {
  /** `resource/event`, as webhooks name it. */
  readonly event: string;
  /** @throws WebexUnavailable where Webex could not be asked what the event is about */
  handle(deps: Deps, event: NewEvent): Promise<Handled>;
}

/** The outcome of an event that needs no handling, as far as the event itself shows that; undefined where it must be handled. */
export function foregoneOutcome(botPersonId: string, event: NewEvent): EventOutcome | undefined {
  // Our own messages come back as events. The event names its sender, so that they cost no call.
  return event.resource === 'messages' && event.personId === botPersonId ? 'own message' : undefined;
}

/** Handles an event by the handler of its kind. */
export async function handleEvent<Deps extends { botPersonId: () => string }>(
  deps: Deps,
  handlers: readonly EventHandler<Deps>[],
  event: NewEvent,
): Promise<Handled> {
  // One of our own messages that was saved before the bot knew who it is.
  const foregone = foregoneOutcome(deps.botPersonId(), event);
  if (foregone !== undefined) return { outcome: foregone };
  const name = `${event.resource}/${event.event}`;
  const handler = handlers.find((known) => known.event === name);
  return handler ? handler.handle(deps, event) : { outcome: 'ignored' };
}
