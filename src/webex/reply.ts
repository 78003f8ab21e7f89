// Reads a good answer's body: JSON of the shape that a schema expects. The one place that knows what may be odd about it: an odd value costs that value,
// an odd item of a list that item, and only a body that lacks what it is read for cannot be read.

import type { z } from 'zod';
import { parseJson } from './answer.ts';

/** What was odd about a reply, by the places' names: `items.*.name`. Never holds values. */
export interface OddValues {
  places: string[];
  /** How many items of lists were left out. */
  leftOut: number;
  /** How many of them stood in the answer's own list, and in no other item. */
  unread: number;
}

export type Reading<T> = { value: T; odd?: OddValues | undefined } | { problem: string };

/** A value takes at most this many rounds: dropped, missing, its item dropped; and again for what those uncover. */
const mostRounds = 12;

/**
 * Parses an answer's body. Null counts as absent, digits as the number that they write, a number as text where text is expected. An optional value that is
 * odd otherwise is dropped. An item of a list that lacks what it needs is left out.
 *
 * Unknown keys are dropped; with `strict` they throw an ordinary Error, so that a test notices when a schema does not know all that Webex documents. The
 * problem names places in the body, never values.
 */
export function readReply<T>(text: string, schema: z.ZodType<T>, strict: boolean): Reading<T> {
  if (text.trim() === '') return { problem: 'an empty body' };
  const json = parseJson(text);
  if (json === undefined) return { problem: 'broken JSON' };
  const reading = readTolerantly(json, schema);
  if (strict && 'value' in reading) {
    const unknown = droppedKeys(json, reading.value);
    if (unknown.length > 0) {
      throw new Error(`The schema does not know these keys of the answer: ${unknown.join(', ')}.`);
    }
  }
  return reading;
}

/** Reads `json`, which is mended in place, as `readReply` describes it. */
export function readTolerantly<T>(json: unknown, schema: z.ZodType<T>): Reading<T> {
  const odd: Findings = { places: new Set(), leftOut: 0, unread: 0 };
  let first: readonly z.core.$ZodIssue[] | undefined;
  for (let round = 0; round < mostRounds; round++) {
    const parsed = schema.safeParse(json);
    if (parsed.success) {
      const isOdd = odd.places.size > 0 || odd.leftOut > 0;
      return { value: parsed.data, odd: isOdd ? { ...odd, places: [...odd.places].sort() } : undefined };
    }
    first ??= parsed.error.issues;
    if (!mendAll(json, parsed.error.issues, odd)) break;
  }
  const places = (first ?? []).slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.code}`);
  return { problem: `an unknown shape (${places.join(', ')})` };
}

interface Findings extends Omit<OddValues, 'places'> {
  places: Set<string>;
}

/** Lists by which of their items are to be left out. `isInner`: the list stands in an item of another one. */
type Holes = Map<unknown[], { indexes: Set<number>; isInner: boolean }>;

/** False where one of the issues cannot be mended. */
function mendAll(json: unknown, issues: readonly z.core.$ZodIssue[], odd: Findings): boolean {
  const holes: Holes = new Map();
  for (const issue of issues) if (!mend(json, issue, odd, holes)) return false;
  for (const [list, { indexes, isInner }] of holes) {
    odd.leftOut += indexes.size;
    if (!isInner) odd.unread += indexes.size;
    const rest = list.filter((_, index) => !indexes.has(index));
    list.splice(0, list.length, ...rest);
  }
  return true;
}

function mend(json: unknown, issue: z.core.$ZodIssue, odd: Findings, holes: Holes): boolean {
  const steps = [json];
  for (const key of issue.path) {
    const inside = steps.at(-1);
    steps.push(typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined);
  }
  const value = steps.at(-1);
  const holder = steps.at(-2);
  const key = issue.path.at(-1);
  if (value !== undefined && typeof holder === 'object' && holder !== null && key !== undefined) {
    const meant = issue.code === 'invalid_type' ? asExpected(issue.expected, value) : undefined;
    if (meant !== undefined) return Reflect.set(holder, key, meant);
    if (!Array.isArray(holder)) {
      if (value !== null && value !== '') odd.places.add(placeOf(issue.path));
      return Reflect.deleteProperty(holder, key);
    }
  }
  // What is missing, or is an item itself, costs the innermost item around it.
  for (let depth = issue.path.length - 1; depth >= 0; depth--) {
    const list = steps[depth];
    const index = issue.path[depth];
    if (!Array.isArray(list) || typeof index !== 'number') continue;
    odd.places.add(placeOf(issue.path));
    const hole = holes.get(list) ?? { indexes: new Set(), isInner: steps.slice(0, depth).some(Array.isArray) };
    hole.indexes.add(index);
    holes.set(list, hole);
    return true;
  }
  return false;
}

/** The value that was meant, in the expected type; undefined where none can be seen. */
function asExpected(expected: string, value: unknown): unknown {
  if (expected === 'number' && typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value)) return Number(value);
  if (expected === 'string' && typeof value === 'number') return String(value);
  if (expected === 'boolean' && typeof value === 'string' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  return undefined;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? '*' : String(key))).join('.') || 'body';

/** The keys of `input` that are gone from `output`, as paths. */
function droppedKeys(input: unknown, output: unknown, path = ''): string[] {
  if (typeof input !== 'object' || input === null || typeof output !== 'object' || output === null) return [];
  if (output instanceof Date) return [];
  const kept = new Map(Object.entries(output));
  return Object.entries(input).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    return kept.has(key) ? droppedKeys(value, kept.get(key), place) : [place];
  });
}
