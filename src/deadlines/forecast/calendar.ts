// Deadlines as a calendar file: an event for each, which a calendar that has it already takes as an update.

import { shownName } from '../../chat/facts.ts';
import { grantorWords } from '../../connections/connection-words.ts';
import { giverWords } from '../../connections/giver-words.ts';
import { isByOwnApp } from '../../connections/ways/ways.ts';
import { type Component, iCalendar, plainValue, text, utc } from '../../lib/icalendar.ts';
import type { ComingDeadline } from './forecast.store.ts';

/** The file's bytes. */
export function calendarFile(
  deadlines: readonly ComingDeadline[],
  { now, botName }: { now: Date; botName: string },
): Buffer {
  const calendar = {
    name: 'VCALENDAR',
    parts: [
      plainValue('VERSION', '2.0'),
      plainValue('CALSCALE', 'GREGORIAN'),
      text('PRODID', 'Hubkeeper'),
      text('X-WR-CALNAME', botName),
      ...deadlines.map((deadline) => eventOf(deadline, { now, botName })),
    ],
  };
  return Buffer.from(iCalendar(calendar));
}

function eventOf(
  { organizationId, name, deadlineAt, wholesale_status, servesAsPartner, ...grantor }: ComingDeadline,
  { now, botName }: { now: Date; botName: string },
): Component {
  const shown = shownName(name);
  const title = `${shown} must be reconnected`;
  const isOwnApp = isByOwnApp(grantor);
  const who = giverWords({ wholesale_status, servesAsPartner }, 'of the organization');
  const description = [
    `The connection of ${shown} expires. It ${isOwnApp ? 'is held by a service app of its own' : `was authorized by ${grantorWords(grantor)}`}.`,
    isOwnApp
      ? `Before then, type "connect ${shown} tokens" to ${botName} in Webex, and pass the link on to whoever looks after that app.`
      : `Before then, type "connect ${shown}" to ${botName} in Webex, and pass the link on to ${who}.`,
  ].join('\n');
  return {
    name: 'VEVENT',
    parts: [
      text('UID', `${organizationId}-${deadlineAt.getTime()}@hubkeeper`),
      utc('DTSTAMP', now),
      utc('DTSTART', deadlineAt),
      // An event without any length is hidden by some calendars.
      plainValue('DURATION', 'PT15M'),
      text('SUMMARY', title),
      text('DESCRIPTION', description),
      plainValue('TRANSP', 'TRANSPARENT'),
      plainValue('X-MICROSOFT-CDO-BUSYSTATUS', 'FREE'),
      {
        name: 'VALARM',
        parts: [plainValue('ACTION', 'DISPLAY'), text('DESCRIPTION', title), plainValue('TRIGGER', '-P7D')],
      },
    ],
  };
}
