// What `list` was asked for: a part of a name, a state, an order and a page, in any combination.

import { z } from 'zod';
import { trimmed } from '../lib/search-key.ts';
import { labelOf } from '../organizations/labels/label-rules.ts';
import { labelSent } from '../organizations/labels/label-sent.ts';

/** Which organizations a list shows; `lost`: those whose connection was lost or has expired; `soon`: those that expire within 30 days. */
export const LIST_FILTERS = ['all', 'lost', 'failing', 'soon', 'not connected', 'wholesale', 'contact center'] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** By the deadline, what has ended first and what is not connected last; or by name. */
export const LIST_ORDERS = ['deadline', 'name'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

export interface ListQuery {
  /** A part of the name as it was typed; empty: any. */
  readonly part: string;
  readonly filter: ListFilter;
  readonly order: ListOrder;
  /** Our id of the customer at or below which they stand; absent: any. */
  readonly customerId?: string | undefined;
  /** The label that they carry; absent: any. */
  readonly label?: string | undefined;
}

/** Other words for the filters. */
const filterWords: Readonly<Record<string, ListFilter>> = {
  ...Object.fromEntries(LIST_FILTERS.map((filter) => [filter, filter])),
  expired: 'lost',
  expiring: 'soon',
  unconnected: 'not connected',
  'contact-center': 'contact center',
};

/** What the buttons of a list send; what is none of it is left out. */
const sent = z.object({
  part: z.string().max(1024).default('').catch(''),
  filter: z.enum(LIST_FILTERS).default('all').catch('all'),
  order: z.enum(LIST_ORDERS).default('deadline').catch('deadline'),
  customer_id: z.uuid().optional().catch(undefined),
  label: labelSent,
});

/** All organizations, by deadline. */
export const everyOrganization: ListQuery = { part: '', filter: 'all', order: 'deadline' };

/** What a button sends to ask the same again: what differs from `everyOrganization`. */
export const inputsOf = ({
  part,
  filter,
  order,
  customerId,
  label,
}: ListQuery): { part?: string; filter?: string; order?: string; customer_id?: string; label?: string } => ({
  // Half a pair is what the database takes for this character, too, and takes less room on a card.
  ...(part === '' ? {} : { part: part.replaceAll(/\p{Cs}/gu, '\uFFFD') }),
  ...(filter === 'all' ? {} : { filter }),
  ...(order === 'deadline' ? {} : { order }),
  ...(customerId === undefined ? {} : { customer_id: customerId }),
  ...(label === undefined ? {} : { label }),
});

/** From a button's inputs. */
export function queryOfButton(inputs: object): ListQuery {
  const { customer_id: customerId, ...query } = sent.parse(inputs);
  return { ...query, customerId };
}

/**
 * From what was typed: `acme`, `lost`, `acme lost by name 2`, `label gold lost`. The last words are read first: a page, an order, a state, a label. What
 * is left is a part of a name. A word alone is a state before it is a name.
 */
export function queryTyped(argument: string): ListQuery & { readonly page: string } {
  let rest = argument.replace(/\s+/gu, ' ');
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(rest);
    if (found === null) return undefined;
    rest = trimmed(rest.slice(0, found.index));
    return found[1]?.toLowerCase();
  };
  const page = take(/(?:^|\s)(?:page )?(-?\d+)$/i) ?? '1';
  const order = take(/(?:^|\s)by (deadline|name)$/i) ?? 'deadline';
  const words = Object.keys(filterWords).join('|');
  const takeLabel = () => labelOf(take(/(?:^|\s)label (\S+)$/iu) ?? '');
  // `label lost` is a label, and so is that of `label gold lost`.
  const labelLast = takeLabel();
  const filter = filterWords[take(new RegExp(`(?:^|\\s)(${words})$`, 'i')) ?? 'all'] ?? 'all';
  const label = labelLast ?? takeLabel();
  return {
    part: rest,
    filter,
    order: order === 'name' ? 'name' : 'deadline',
    page,
    ...(label === undefined ? {} : { label }),
  };
}
