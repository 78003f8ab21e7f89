// What differs between two simulated Webexes: ids of people, organizations and spaces. In the dump and the record names in braces stand for them.
import type { Simulator } from '../../../src/simulator/simulator.ts';

/** The value behind each name in braces. */
export function worldOf(simulator: Simulator): ReadonlyMap<string, string> {
  const seeded = new Set(['Meridian Managed Services', 'Acme Robotics', 'Borealis Foods', 'Cobalt Health']);
  const organizations = simulator.organizations.filter(({ displayName }) => seeded.has(displayName));
  const named: [string, string][] = [
    ['webex', simulator.apiUrl],
    ['bot', simulator.bot.personId],
    ['client', simulator.integration.clientId],
    ...simulator.rooms.map(({ type, id }): [string, string] => [`${type}-space`, id]),
    ...simulator.people
      .filter(({ email }) => /@(meridian|acme|borealis|cobalt)\.example$/.test(email))
      .map(({ email, personId }): [string, string] => [`person:${email}`, personId]),
    ...organizations.flatMap(({ displayName, id }): [string, string][] => {
      const word = displayName.split(' ')[0]?.toLowerCase() ?? '';
      const number = Buffer.from(id, 'base64url').toString().split('/').at(-1) ?? '';
      return [
        [`organization:${word}`, id],
        [`number:${word}`, number],
      ];
    }),
  ];
  return new Map(named.map(([name, value]) => [`{{${name}}}`, value]));
}

/** A name in braces. */
export const named = /\{\{[\w:.@/-]+\}\}/g;

/** The instant of the dump, as the files write it. Who loads them moves every instant to the present. */
export const dumpedAt = new Date('2026-01-01T00:00:00.000Z');

/** An instant as PostgreSQL, JSON and JavaScript write it. */
const instant = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|\+00(?::00)?)/g;

/** A text with every instant moved by this many milliseconds, in the form that it had. */
export const moved = (text: string, byMs: number): string =>
  text.replace(instant, (found) => {
    const iso = new Date(Date.parse(found.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z')) + byMs).toISOString();
    if (found.endsWith('Z')) return iso;
    return `${iso.slice(0, -1).replace('T', found[10] ?? ' ')}+00`;
  });

/** What the journeys call their organization: no other text holds it, and it is its own search key. */
export const recordedName = 'recordedorganization';
