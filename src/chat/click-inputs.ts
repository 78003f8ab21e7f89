// What a click on a card sends, as it is let in: anybody in the space can send any JSON.

import { z } from 'zod';
import { storable } from '../lib/storable.ts';

/** The inputs of a click by their names. The object inherits nothing, so that a name such as `constructor` is a name like any other. */
export type ClickInputs = Readonly<Record<string, string | number | boolean>>;

/** No card of ours has so many inputs, buttons' data included. */
const mostInputs = 100;
/** Longer than what any field takes. A form still sees that the text is too long. */
const longestText = 10_000;

const valueSchema = z.union([
  z.string().transform((text) => storable(text.slice(0, longestText))),
  z.number(),
  z.boolean(),
]);
const inputsSchema = z.record(z.string(), z.unknown());

/** No inputs: a typed command has these. */
export const noInputs: ClickInputs = Object.freeze(Object.create(null));

/** Lets texts, finite numbers and booleans in. Objects, lists and null are left out: no card of ours sends them. */
export function readClickInputs(sent: unknown): ClickInputs {
  const inputs: Record<string, string | number | boolean> = Object.create(null);
  const entries = Object.entries(inputsSchema.safeParse(sent).data ?? {});
  for (const [name, value] of entries.slice(0, mostInputs)) {
    const read = valueSchema.safeParse(value);
    if (read.success) inputs[name] = read.data;
  }
  return inputs;
}
