// The text fields of the forms of wholesale: what each sends, as the form shows it again.

import { z } from 'zod';
import { trimmed } from '../../../lib/search-key.ts';

/** OpenAPI, PUT and POST /wholesale/customers: each line of an address has at most 50 characters. */
export const LINE_MAX = 50;

interface TextField<Id extends string> {
  readonly id: Id;
  /** How many characters it takes. */
  readonly max: number;
}

const text = z.string().transform(trimmed).catch('');

/** What was sent, trimmed; empty where nothing was. One character more than a field takes is kept, so that a check sees it. */
export const readFields = <Id extends string>(
  fields: readonly TextField<Id>[],
  inputs: Readonly<Record<string, unknown>>,
): Record<Id, string> =>
  Object.fromEntries(fields.map(({ id, max }) => [id, text.parse(inputs[id]).slice(0, max + 1)])) as Record<Id, string>;

/** Without what was left empty, as a button sends it along. */
export const givenFields = <Id extends string>(typed: Record<Id, string>): Partial<Record<Id, string>> =>
  Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '')) as Partial<Record<Id, string>>;
