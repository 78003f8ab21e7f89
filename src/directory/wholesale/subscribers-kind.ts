// The subscribers of a wholesale customer, counted by package and status while they are read: no people are stored.

import type { WholesaleSubscriber } from '../../webex/wholesale.ts';
import { listSubscribers } from '../../webex/wholesale.ts';
import type { DirectoryKind } from '../kind.ts';
import { type CountedProblem, wholesaleSubscribers } from './wholesale.schema.ts';
import { wholesaleCustomerOf } from './wholesale-kind.ts';
import { statusWords } from './wholesale-rules.ts';

export const subscribersKind: DirectoryKind<typeof wholesaleSubscribers> = {
  kind: 'subscribers',
  title: 'Subscribers',
  noun: 'group of subscribers',
  nouns: 'groups of subscribers',
  nounOf: () => 'subscribers',
  scope: 'spark-admin:wholesale_subscribers_read',
  feature: 'wholesale_status',
  schedule: null,
  table: wholesaleSubscribers,
  fields: { count: 'subscribers', withErrors: 'with errors', errors: 'errors' },
  order: [wholesaleSubscribers.webexId],
  async read(webex, organization) {
    const { id } = await wholesaleCustomerOf(webex, organization);
    const groups = new Map<string, Group>();
    for await (const subscriber of listSubscribers(webex, id)) count(groups, subscriber);
    return [...groups].map(([webexId, { package: its, status, count: total, withErrors, errors }]) => ({
      webexId,
      name: `${its ?? 'all'}, ${status}`,
      package: its,
      status,
      count: total,
      withErrors,
      errors: mostFrequent(errors),
    }));
  },
  facts: (rows) => [
    {
      title: 'Subscribers',
      value: rows === null ? 'Not synced' : inShort(rows.filter((row) => row.package === null)),
    },
  ],
};

const inShort = (all: readonly { status: string; count: number }[]): string =>
  all.map(({ status, count: total }) => `${total} ${statusWords(status).toLowerCase()}`).join(', ') || 'None';

interface Group {
  package: string | null;
  status: string;
  count: number;
  withErrors: number;
  errors: Map<string, CountedProblem>;
}

/** In place of a package's name, where each subscriber counts once. */
const everyPackage = '*';

const mostErrors = 10;
/** Longer texts are cut: they are kept to be read by people. */
const descriptionMaxCharacters = 500;

function count(groups: Map<string, Group>, subscriber: WholesaleSubscriber): void {
  const { status = 'unknown', packages = [], errors = [] } = subscriber;
  const its = new Set([...packages, ...(subscriber.package === undefined ? [] : [subscriber.package])]);
  for (const name of [null, ...its]) {
    const key = `${name ?? everyPackage}/${status}`.slice(0, 500);
    const group = groups.get(key) ?? { package: name, status, count: 0, withErrors: 0, errors: new Map() };
    groups.set(key, group);
    group.count += 1;
    if (errors.length > 0) group.withErrors += 1;
    for (const { errorCode = null, description = null } of errors) {
      const words = description?.slice(0, descriptionMaxCharacters) ?? null;
      const same = `${errorCode} ${words}`;
      const known = group.errors.get(same);
      // What each subscriber words otherwise must not fill the memory.
      if (!known && group.errors.size >= 1_000) continue;
      group.errors.set(same, { errorCode, description: words, count: (known?.count ?? 0) + 1 });
    }
  }
}

const mostFrequent = (errors: ReadonlyMap<string, CountedProblem>): CountedProblem[] =>
  [...errors.values()]
    .toSorted((one, other) => other.count - one.count || (one.errorCode ?? 0) - (other.errorCode ?? 0))
    .slice(0, mostErrors);
