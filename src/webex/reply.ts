// Reads a good answer's body: JSON of the shape that a schema expects. Unknown keys pass in production and fail in tests.

import type { z } from 'zod';
import { parseJson } from './answer.ts';

/**
 * Parses an answer's body. Unknown keys are dropped; with `strict` they throw an ordinary Error, so that a test notices when
 * a schema does not know all that Webex documents. The problem names places in the body, never values.
 */
export function readReply<T>(text: string, schema: z.ZodType<T>, strict: boolean): { value: T } | { problem: string } {
  if (text.trim() === '') return { problem: 'an empty body' };
  const json = parseJson(text);
  if (json === undefined) return { problem: 'broken JSON' };
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.code}`);
    return { problem: `an unknown shape (${places.join(', ')})` };
  }
  if (strict) {
    const unknown = droppedKeys(json, parsed.data);
    if (unknown.length > 0) {
      throw new Error(`The schema does not know these keys of the answer: ${unknown.join(', ')}.`);
    }
  }
  return { value: parsed.data };
}

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
