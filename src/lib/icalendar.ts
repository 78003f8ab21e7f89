// Writes iCalendar files (RFC 5545): every text is escaped, and every line folded, in one place.

/** Longer lines are folded. RFC 5545, 3.1, counts octets, the line break excluded. */
const lineOctets = 75;

/** A property: its name, and its value as it stands in the file. Made by `text`, `utc` and `plainValue` only. */
export interface Property {
  readonly name: string;
  readonly value: string;
}

/** A component such as VEVENT, with what stands in it, in order. */
export interface Component {
  readonly name: string;
  readonly parts: readonly (Property | Component)[];
}

/** A value of the type TEXT: whatever others wrote (RFC 5545, 3.3.11). Control characters, which no value may hold, are left out. */
export function text(name: string, value: string): Property {
  const escaped = value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
  return { name, value: escaped };
}

/** An instant in UTC, to the second (RFC 5545, 3.3.5). */
export function utc(name: string, at: Date): Property {
  return { name, value: `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z` };
}

/** A value of our own words, such as a duration. */
export function plainValue(name: string, value: string): Property {
  return { name, value };
}

/** The file's text. Lines end with CRLF. */
export function iCalendar(calendar: Component): string {
  return [...linesOf(calendar)].map((line) => `${folded(line)}\r\n`).join('');
}

function* linesOf({ name, parts }: Component): Generator<string> {
  yield `BEGIN:${name}`;
  for (const part of parts) {
    if ('parts' in part) yield* linesOf(part);
    else yield `${part.name}:${part.value}`;
  }
  yield `END:${name}`;
}

/** The line in pieces of at most 75 octets of UTF-8. A character is never cut, and each further piece begins with a blank. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= lineOctets) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const more = octetsOf(character);
    if (octets + more > lineOctets) {
      pieces.push(piece);
      // The blank counts.
      piece = '';
      octets = 1;
    }
    piece += character;
    octets += more;
  }
  return [...pieces, piece].join('\r\n ');
}

/** Of one character in UTF-8. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
