// `list`: organizations by urgency or by name, of one state or with a part of a name, a page at a time, with the state of each connection.

import { scopeFor } from '../chat/actor.ts';
import type { Command } from '../chat/command.ts';
import { saveLastList } from '../chat/last-list.store.ts';
import { pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import { countOnGrants } from '../connections/ways/on-grants.store.ts';
import { customerGoneMessage } from '../customers/choose-customer.view.ts';
import { findCustomerInScope } from '../customers/customer.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { closestOrganizations } from '../organizations/organization-search.store.ts';
import { listMessage, nothingListedMessage } from './list.view.ts';
import { inputsOf, queryOfButton, queryTyped } from './list-filter.ts';
import { countListed, listOrganizations } from './overview.store.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** Without `part`, `filter` and `order`: all, by deadline. */
    list: { page?: number; part?: string; filter?: string; order?: string; customer_id?: string; label?: string };
  }
}

/** How many names are offered in place of a mistyped one. */
const mostOffered = 5;

export const list: Command<{ db: Db; clock: Clock }> = {
  name: 'list',
  needs: 'viewer',
  usage: 'list [name] [label <word>] [state] [page]',
  summary:
    'List organizations by urgency: all, those with a part of a name or a label, or those that are lost, failing, soon, not connected, wholesale or contact center.',
  group: 'Organizations',
  examples: ['list acme', 'list lost', 'list not connected', 'list label gold', 'list by name'],
  async run({ db, clock }, input) {
    const { argument, inputs, standing, place, actor, isDirect } = input;
    const now = clock.now();
    const { page: typedPage, ...query } =
      argument === '' ? { ...queryOfButton(inputs), page: undefined } : queryTyped(argument);
    const page = pageAsked(inputs['page'] ?? typedPage);
    const { firstNumber } = page;
    const customer =
      query.customerId === undefined
        ? undefined
        : await findCustomerInScope(db, { scope: input.scope, id: query.customerId });
    if (query.customerId !== undefined && !customer) return { content: customerGoneMessage };
    const scope = customer ? { within: [customer.path] } : input.scope;
    const found = await listOrganizations(db, { scope, ...query, ...page, now });
    const { rows, total } = found;
    if (rows.length === 0 && total > 0) {
      const all = await countListed(db, { scope, ...query, now });
      return { content: pastEndMessage('list', page, all, inputsOf(query)) };
    }
    if (rows.length === 0) {
      const typed = query.part;
      const nearest = typed === '' ? [] : await closestOrganizations(db, { scope, typed, limit: mostOffered });
      return { content: nothingListedMessage({ query, nearest: nearest.map(({ name }) => name) }) };
    }
    const holders = rows.filter(({ holdsOthers }) => holdsOthers).map(({ id }) => id);
    const onGrants = await countOnGrants(db, { ids: holders, scope: input.scope });
    const mayChange = scopeFor(standing, 'administrator').within.length > 0;
    await saveLastList(db, { standing, place, actor, isDirect, rows, firstNumber, now });
    return {
      content: listMessage({
        ...{ ...found, rows: rows.map((row) => ({ ...row, ...onGrants.get(row.id) })) },
        ...{ firstNumber, query, mayChange, ...pagesBeside(page, found), now },
      }),
    };
  },
};
