// What a label may be, how many an organization carries, and what people type of labels.

import { trimmed } from '../../lib/search-key.ts';

export const LABEL_MAX = 30;
/** How many labels an organization carries at most. */
export const MOST_LABELS = 20;

/** Letters and digits of any script, - and _; the first is a letter, since a number alone is a page of a list. */
const word = new RegExp(`^[\\p{L}](?:[\\p{L}\\p{M}\\p{N}_-]{0,${LABEL_MAX - 1}})$`, 'u');

/** As it is stored: in lower case and one way of writing; undefined where it cannot be one. */
export function labelOf(typed: string): string | undefined {
  const label = typed.normalize('NFKC').toLowerCase();
  return word.test(label) ? label : undefined;
}

export interface LabelAct {
  readonly act: 'give' | 'take';
  /** What was typed of the organization. */
  readonly named: string;
  /** As it was typed. */
  readonly label: string;
}

/** `acme gold`, `acme -gold`: the last word is the label. Undefined where there is one word at most. */
export function readLabelAct(argument: string): LabelAct | undefined {
  const [, named = '', minus, label = ''] = /^(.+)\s(-?)(\S+)$/su.exec(argument) ?? [];
  if (label === '') return undefined;
  return { act: minus === '-' ? 'take' : 'give', named: trimmed(named), label };
}

/** The labels that are typed beside each other, with blanks or commas between, each once and in order; or the first one that cannot be a label. */
export function readLabels(typed: string): { labels: string[] } | { wrong: string } {
  const words = typed.split(/[\s,;]+/u).filter((one) => one !== '');
  const wrong = words.find((one) => labelOf(one) === undefined);
  if (wrong !== undefined) return { wrong };
  return { labels: [...new Set(words.flatMap((one) => labelOf(one) ?? []))].toSorted() };
}
