// The subscribers of a wholesale customer, counted by package and status while they are read: no people are stored.

import { z } from 'zod';
import { plainWords } from '../../webex/failure.ts';
import { subscribersPage, type WholesaleSubscriber } from '../../webex/wholesale.ts';
import type { CountedKind } from '../kind.ts';
import { type CountedProblem, wholesaleSubscribers } from './wholesale.schema.ts';
import { wholesaleCustomerOf } from './wholesale-kind.ts';
import { statusWords } from './wholesale-rules.ts';

export const subscribersKind: CountedKind<typeof wholesaleSubscribers> = {
  kind: 'subscribers',
  title: 'Subscribers',
  noun: 'group of subscribers',
  shownBy: 'subscribers',
  nouns: 'groups of subscribers',
  nounOf: () => 'subscribers',
  scope: 'spark-admin:wholesale_subscribers_read',
  ability: 'wholesale',
  feature: 'wholesale_status',
  schedule: null,
  table: wholesaleSubscribers,
  fields: { count: 'subscribers', withErrors: 'with errors', errors: 'errors' },
  order: [wholesaleSubscribers.webexId],
  async countPage(webex, organization, { from, counts }) {
    const before = counts === undefined ? undefined : countsSchema.parse(counts);
    const customerId = before?.customerId ?? (await wholesaleCustomerOf(webex, organization)).id;
    const { value, unread, next } = await subscribersPage(webex, customerId, from);
    const groups = new Map(before?.groups);
    for (const subscriber of value.items) count(groups, subscriber);
    return { counts: { customerId, groups: [...groups] }, seen: value.items.length, unread, next };
  },
  rowsOf: (counts) =>
    countsSchema.parse(counts).groups.map(([webexId, { package: its, status, count: total, withErrors, errors }]) => ({
      webexId,
      name: `${its ?? 'all'}, ${status}`,
      package: its,
      status,
      count: total,
      withErrors,
      errors: mostFrequent(errors),
    })),
  facts: (rows) => [
    {
      title: 'Subscribers',
      value: rows === null ? 'Not synced' : inShort(rows.filter((row) => row.package === null)),
    },
  ],
};

const inShort = (all: readonly { status: string; count: number }[]): string =>
  all.map(({ status, count: total }) => `${total} ${statusWords(status).toLowerCase()}`).join(', ') || 'None';

const groupSchema = z.object({
  package: z.string().nullable(),
  status: z.string(),
  count: z.int(),
  withErrors: z.int(),
  errors: z.array(z.object({ errorCode: z.number().nullable(), description: z.string().nullable(), count: z.int() })),
});
type Group = z.infer<typeof groupSchema>;

/** What the pages before have come to, by package and status. */
const countsSchema = z.object({ customerId: z.string(), groups: z.array(z.tuple([z.string(), groupSchema])) });

/** In place of a package's name, where each subscriber counts once. */
const everyPackage = '*';

const mostErrors = 10;
/** A program has some 14 packages, and few statuses. What an odd Webex names beyond must not fill the memory: there, each subscriber still counts once. */
const mostGroups = 200;
/** What each subscriber words otherwise must not fill it either. */
const mostWordings = 100;

function count(groups: Map<string, Group>, subscriber: WholesaleSubscriber): void {
  const { status = 'unknown', packages = [], errors = [] } = subscriber;
  const its = new Set([...packages, ...(subscriber.package === undefined ? [] : [subscriber.package])]);
  for (const name of [null, ...its]) {
    const key = `${name ?? everyPackage}/${status}`.slice(0, 500);
    if (!groups.has(key) && groups.size >= mostGroups && name !== null) continue;
    const group = groups.get(key) ?? { package: name, status, count: 0, withErrors: 0, errors: [] };
    groups.set(key, group);
    group.count += 1;
    if (errors.length > 0) group.withErrors += 1;
    for (const { errorCode = null, description = '' } of errors) {
      // The text may name the person, whom we do not keep.
      const words = plainWords(description) || null;
      const known = group.errors.find((one) => one.errorCode === errorCode && one.description === words);
      if (known) known.count += 1;
      else if (group.errors.length < mostWordings) group.errors.push({ errorCode, description: words, count: 1 });
    }
  }
}

const mostFrequent = (errors: readonly CountedProblem[]): CountedProblem[] =>
  errors
    .toSorted((one, other) => other.count - one.count || (one.errorCode ?? 0) - (other.errorCode ?? 0))
    .slice(0, mostErrors);
