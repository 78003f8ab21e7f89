// Deadlines as a calendar file (RFC 5545): an event for each, which a calendar that has it already takes as an update.

import type { EventAttributes } from 'ics';
import { shownName } from '../../chat/facts.ts';
import { grantorWords } from '../../connections/connection-words.ts';
import type { ComingDeadline } from './forecast.store.ts';

/** In hours, because the library would write days in a way that RFC 5545 does not know. */
const reminder = { hours: 7 * 24, before: true };

/** The file's bytes. The library is loaded for the first file, and lets other work through while it writes thousands of events. */
export async function calendarFile(
  deadlines: readonly ComingDeadline[],
  { now, botName }: { now: Date; botName: string },
): Promise<Buffer> {
  const { createEventsAsync } = await import('ics');
  const events = deadlines.map((deadline) => eventOf(deadline, { now, botName }));
  const { error, value } = await createEventsAsync(events, { calName: botName, productId: 'Hubkeeper' });
  if (value === null) throw new Error('the calendar could not be written', { cause: error });
  return Buffer.from(value);
}

function eventOf(
  { organizationId, name, deadlineAt, authorizedEmail, byPartner }: ComingDeadline,
  { now, botName }: { now: Date; botName: string },
): EventAttributes & { timestamp: number } {
  const shown = shownName(name);
  const title = `${shown} must be reconnected`;
  return {
    uid: `${organizationId}-${deadlineAt.getTime()}@hubkeeper`,
    // DTSTAMP, which the library's types leave out; else it would ask the machine's clock.
    timestamp: now.getTime(),
    start: deadlineAt.getTime(),
    startInputType: 'utc',
    startOutputType: 'utc',
    // An event without any length is hidden by some calendars.
    duration: { minutes: 15 },
    title,
    description: [
      `The connection of ${shown} expires. It was authorized by ${grantorWords({ authorizedEmail, byPartner })}.`,
      `Before then, type "connect ${shown}" to ${botName} in Webex, and pass the link on to a full administrator of the organization.`,
    ].join('\n'),
    transp: 'TRANSPARENT',
    busyStatus: 'FREE',
    alarms: [{ action: 'display', description: title, trigger: reminder }],
  };
}
