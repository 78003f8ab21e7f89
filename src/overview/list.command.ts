// `list`: every organization by name, a page at a time, with the state of its connection.

import type { Command } from '../chat/command.ts';
import { pageAsked, pagesBeside } from '../chat/pages.ts';
import { saveLastList } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { listMessage } from './list.view.ts';
import { listOrganizations } from './overview.store.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    list: { page?: number };
  }
}

export const list: Command<{ db: Db; clock: Clock }> = {
  name: 'list',
  usage: 'list [page]',
  summary: 'List all organizations and the state of their connections.',
  async run({ db, clock }, { argument, inputs, scope, place, isDirect }) {
    const page = pageAsked(inputs['page'] ?? argument);
    const { firstNumber } = page;
    const { rows, total } = await listOrganizations(db, { scope, ...page });
    await saveLastList(db, { place, isDirect, rows, firstNumber, now: clock.now() });
    return {
      content: listMessage({
        rows,
        firstNumber,
        total,
        ...pagesBeside(page, total),
        now: clock.now(),
      }),
    };
  },
};
