// `list`: every organization by name, a page at a time, with the state of its connection.

import type { Command } from '../chat/command.ts';
import { pageAsked, pagesBeside } from '../chat/pages.ts';
import { listOrganizations } from '../organizations/organization.store.ts';
import { saveLastList } from '../spaces/space.store.ts';
import { listReply } from './list.view.ts';

export const list: Command = {
  name: 'list',
  usage: 'list [page]',
  summary: 'List all organizations and the state of their connections.',
  async run({ db, clock }, { argument, inputs, place, isDirect }) {
    const page = pageAsked(inputs['page'] ?? argument);
    const { firstNumber } = page;
    const { rows, total } = await listOrganizations(db, page);
    await saveLastList(db, {
      roomId: place.roomId,
      type: isDirect ? 'direct' : 'group',
      lastList: { firstNumber, organizationIds: rows.map(({ id }) => id) },
      now: clock.now(),
    });
    return {
      content: listReply({
        rows,
        firstNumber,
        total,
        ...pagesBeside(page, total),
        now: clock.now(),
      }),
    };
  },
};
