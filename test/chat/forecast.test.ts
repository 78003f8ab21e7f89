// A forecast's picture, calendar and words, looked into as their readers do: a PNG's header, the text that is drawn, a parser of RFC 5545.
import fc from 'fast-check';
import ICAL from 'ical.js';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { shownName } from '../../src/chat/facts.ts';
import { calendarFile } from '../../src/deadlines/forecast/calendar.ts';
import { drawPng } from '../../src/deadlines/forecast/draw.ts';
import { calendarMessage, forecastMessage } from '../../src/deadlines/forecast/forecast.view.ts';
import { type DayCount, daysAfter, startOfDay, urgencyBounds } from '../../src/deadlines/forecast/forecast-rules.ts';
import { type PictureView, pictureSpec } from '../../src/deadlines/forecast/picture-spec.view.ts';
import { renderMessage } from './read-card.ts';

const now = new Date('2026-11-24T10:17:00Z');
const grantor = { way: 'consent' as const, authorizedEmail: 'carol@acme.example', byPartner: false };

/** So many deadlines, spread evenly over the days, by turns of these names. */
function spread(deadlines: number, days: number, names = ['Acme Robotics']) {
  const bounds = urgencyBounds(now);
  const all = Array.from({ length: deadlines }, (_, index) => daysAfter(now, ((index + 0.5) / deadlines) * days));
  const counts = new Map<string, DayCount>();
  for (const at of all) {
    const day = startOfDay(at);
    const urgency = bounds.filter((bound) => at >= bound).length;
    const key = `${day.getTime()} ${urgency}`;
    counts.set(key, { day, urgency, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const next = all.slice(0, 10).map((deadlineAt, index) => ({
    ...grantor,
    name: names[index % names.length] ?? '',
    deadlineAt,
  }));
  return { days, counts: [...counts.values()], next, now };
}

const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

/** Each text that the picture shows. */
async function textsOf(view: PictureView): Promise<string[]> {
  const drawn = new View(parse(compile(pictureSpec(view)).spec), { renderer: 'none' });
  const svg = await drawn.toSVG();
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text ?? '');
}

describe('the picture', () => {
  it.each([
    [1, 1],
    [1, 90],
    [200, 90],
    [5000, 365],
  ])('of %i deadline(s) within %i day(s) is a PNG that a space shows at once', async (deadlines, days) => {
    const png = await drawPng(pictureSpec(spread(deadlines, days)));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.length).toBeLessThan(1_000_000);
    const { width, height } = sizeOf(png);
    expect(width).toBeGreaterThan(1600);
    expect(width).toBeLessThan(1900);
    expect(height).toBeGreaterThan(900);
    expect(height).toBeLessThan(1300);
  });

  it('says how many there are, of each urgency too, names weeks and whole numbers, and who is the most urgent', async () => {
    const texts = await textsOf(spread(12, 90));
    for (const text of [
      '12 connections expire within 90 days',
      '24 Nov 2026 to 22 Feb 2027, by day of expiry (UTC)',
      'within 1 day: 0',
      '1 to 7 days: 1',
      '7 to 30 days: 3',
      'over 30 days: 8',
      '30 Nov',
      '7 Dec',
      '4 Jan',
      '7 days',
      '1. Acme Robotics',
      'Sat 28 Nov 2026, 04:17 UTC',
    ]) {
      expect(texts).toContain(text);
    }
    expect(texts).not.toContain('6. Acme Robotics');
    expect(texts.filter((text) => /^\d*\.\d+$/.test(text))).toEqual([]);
  });

  it('writes the number over each bar where there is room', async () => {
    expect((await textsOf(spread(3, 90))).filter((text) => text === '1')).toHaveLength(1 + 3);
    expect((await textsOf(spread(180, 90))).filter((text) => text === '1')).toHaveLength(1);
  });

  it.each([
    ['<b>Bold & "Sons"</b>', '1. &lt;b&gt;Bold &amp; "Sons"&lt;/b&gt;'],
    ['Ζεύς Łódź Київ שלום', '1. Ζεύς Łódź Київ שלום'],
    ['東京ロボット', '1. (its name is in the text)'],
    ['Acme 🤖', '1. (its name is in the text)'],
    ['x'.repeat(60), `1. ${'x'.repeat(43)}…`],
  ])('shows the name %s as %s', async (name, shown) => {
    expect(await textsOf(spread(1, 90, [name]))).toContain(shown);
  });
});

describe('the words', () => {
  const ended = [
    { name: 'Cobalt', connection: { ...grantor, state: 'lost' as const, refreshTokenExpiresAt: now } },
    {
      name: 'Delta',
      connection: { ...grantor, state: 'connected' as const, refreshTokenExpiresAt: daysAfter(now, -2) },
    },
  ];

  it('have all numbers, the nearest and the ended by name, and count the rest', () => {
    const view = spread(12, 90);
    const { markdown } = renderMessage(forecastMessage({ ...view, next: view.next.slice(0, 2), ended, endedTotal: 7 }));
    expect(markdown).toBe(
      [
        '**7 connections are lost or expired. 12 connections expire within 90 days** (24 Nov 2026 to 22 Feb 2027)\n',
        'Within 1 day: 0 · 1 to 7 days: 1 · 7 to 30 days: 3 · over 30 days: 8  ',
        'By day (UTC) – 28 Nov: 1 · 5 Dec: 1 · 13 Dec: 1 · 20 Dec: 1 · 28 Dec: 1 · 4 Jan: 1 · 12 Jan: 1 · 19 Jan: 1 · 27 Jan: 1 · 3 Feb: 1 · 11 Feb: 1 · 18 Feb: 1\n',
        '❌ **7 are lost or expired** and must be reconnected now:  ',
        '- **Cobalt** – lost; authorized by carol@acme.example  ',
        '- **Delta** – expired Sun 22 Nov 2026, 10:17 UTC; authorized by carol@acme.example\n',
        '5 more: type **expiring 0**.\n',
        'The nearest:  ',
        '1. **Acme Robotics** – Sat 28 Nov 2026, 04:17 UTC; authorized by carol@acme.example  ',
        '2. **Acme Robotics** – Sat 5 Dec 2026, 16:17 UTC; authorized by carol@acme.example\n',
        '10 more: type **expiring 90**.\n',
        'Type **connect** with a name for a fresh link.',
      ].join('\n'),
    );
  });

  it('count by week where the days would be too many', () => {
    const { markdown } = renderMessage(forecastMessage({ ...spread(200, 90), ended: [], endedTotal: 0 }));
    expect(markdown).toContain('By week from Monday (UTC) – 23 Nov: 12 · 30 Nov: 16 · 7 Dec: 15');
    expect(markdown).not.toContain('❌');
  });

  it('say friendly that there is nothing, and what to do', () => {
    const nothing = { days: 90, counts: [], next: [], ended: [], endedTotal: 0, now };
    expect(renderMessage(forecastMessage(nothing)).markdown).toBe(
      '**Nothing expires within 90 days** (24 Nov 2026 to 22 Feb 2027)\n\nType **forecast 365** to look as far ahead as I can, or **list** to see every organization.',
    );
    const { markdown } = renderMessage(forecastMessage({ ...nothing, days: 365, ended, endedTotal: 2 }));
    expect(markdown).toMatch(
      /^\*\*2 connections are lost or expired\. Nothing expires within 365 days\*\*[\s\S]*Cobalt[\s\S]*Type \*\*connect\*\*/,
    );
  });

  it('say how many deadlines the calendar has, and which it has not', () => {
    expect(renderMessage(calendarMessage({ total: 34, included: 34, days: 90, now })).markdown).toMatch(
      /^\*\*34 deadlines for your calendar\*\*, until 22 Feb 2027\n\nOpen/,
    );
    expect(renderMessage(calendarMessage({ total: 6200, included: 5000, days: 90, now })).markdown).toContain(
      '5000 of 6200',
    );
    expect(renderMessage(calendarMessage({ total: 0, included: 0, days: 90, now })).markdown).toContain('No calendar');
  });
});

describe('the calendar', () => {
  const deadline = {
    ...grantor,
    ...{ wholesale_status: false, servesAsPartner: false },
    organizationId: '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11',
    name: 'Müller, Söhne; "Robots" \\ 東京 🤖\nBEGIN:VEVENT',
    deadlineAt: new Date('2027-02-21T14:05:09Z'),
  };
  const shown = 'Müller, Söhne; "Robots" \\ 東京 🤖 BEGIN:VEVENT';
  const read = (deadlines = [deadline], botName = 'Hubkeeper') => {
    const text = calendarFile(deadlines, { now, botName }).toString();
    return { text, events: new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent') };
  };

  it('has an event for each deadline, in UTC, with a reminder a week before', async () => {
    const { events } = read();
    expect(events).toHaveLength(1);
    const [event] = events;
    const value = (name: string) => String(event?.getFirstPropertyValue(name));
    expect(value('uid')).toBe(`${deadline.organizationId}-${deadline.deadlineAt.getTime()}@hubkeeper`);
    expect(value('summary')).toBe(`${shown} must be reconnected`);
    expect(value('dtstart')).toBe('2027-02-21T14:05:09Z');
    expect(value('dtstamp')).toBe('2026-11-24T10:17:00Z');
    expect(value('description')).toContain('It was authorized by carol@acme.example.');
    expect(value('description')).toContain(`type "connect ${shown}" to Hubkeeper in Webex`);
    expect(value('description')).not.toMatch(/https?:/);
    const alarm = event?.getFirstSubcomponent('valarm');
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe('-P7D');
    expect(value('transp')).toBe('TRANSPARENT');
  });

  it('S9: lines end with CRLF and are folded at 75 octets, and no character is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const { text } = read([{ ...deadline, name }], name);
        const lines = text.split('\r\n');
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\uFFFD]/);
        expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
      }),
    );
  });

  it('S9: a parser reads every text as it was written, alarms and the calendar’s name too', () => {
    const parts = [
      '\\',
      ';',
      ',',
      '"',
      ':',
      '\n',
      '\r\n',
      '\\n',
      '\u0000',
      'ä',
      '東京',
      '🤖',
      'BEGIN:VALARM',
      ' ',
      'x',
    ];
    const hostile = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 60 }).map((some) => some.join(''));
    fc.assert(
      fc.property(hostile, hostile, (name, botName) => {
        const { text, events } = read([{ ...deadline, name }], botName);
        expect(events).toHaveLength(1);
        const [event] = events;
        const alarm = event?.getFirstSubcomponent('valarm');
        const title = `${shownName(name)} must be reconnected`;
        const value = (part: ICAL.Component | null | undefined, of: string) => String(part?.getFirstPropertyValue(of));
        expect(value(event, 'summary')).toBe(title);
        expect(value(alarm, 'description')).toBe(title);
        expect(value(event, 'description')).toContain(`type "connect ${shownName(name)}" to`);
        // The parser knows no type for the calendar’s name: it is read as a text under another name.
        const asText = text.replace('X-WR-CALNAME:', 'COMMENT:');
        const calendarName = value(new ICAL.Component(ICAL.parse(asText)), 'comment');
        expect(calendarName).toBe(botName.replaceAll('\r\n', '\n').replaceAll('\0', ''));
      }),
    );
  });

  it('knows an event again by organization and deadline', async () => {
    const later = { ...deadline, deadlineAt: daysAfter(deadline.deadlineAt, 1) };
    const other = { ...deadline, organizationId: '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a12' };
    const uidsOf = async () =>
      read([deadline, later, other]).events.map((event) => String(event.getFirstPropertyValue('uid')));
    const uids = await uidsOf();
    expect(new Set(uids).size).toBe(3);
    expect(await uidsOf()).toEqual(uids);
  });
});
