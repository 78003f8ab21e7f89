// `list`: every organization by name, a page at a time, with the state of its connection.

import { z } from 'zod';
import { listOrganizations } from '../../db/organizations.ts';
import { saveLastList } from '../../db/spaces.ts';
import { LIST_PAGE_SIZE, listReply } from '../views/list.ts';
import type { Command, CommandInput } from './command.ts';

const pageNumber = z.coerce.number().int().min(1).max(1_000_000);

/** The page asked for by a button or behind the command; the first where it is no number. */
function pageOf({ argument, inputs }: CommandInput): number {
  return pageNumber.safeParse(inputs['page'] ?? argument).data ?? 1;
}

export const list: Command = {
  name: 'list',
  usage: 'list [page]',
  summary: 'List all organizations and the state of their connections.',
  async run({ db, clock }, input) {
    const page = pageOf(input);
    const offset = (page - 1) * LIST_PAGE_SIZE;
    const { rows, total } = await listOrganizations(db, { offset, limit: LIST_PAGE_SIZE });
    const firstNumber = offset + 1;
    await saveLastList(db, {
      roomId: input.place.roomId,
      type: input.isDirect ? 'direct' : 'group',
      lastList: { firstNumber, organizationIds: rows.map(({ id }) => id) },
      now: clock.now(),
    });
    return {
      content: listReply({
        rows,
        firstNumber,
        total,
        ...(offset + rows.length < total ? { nextPage: page + 1 } : {}),
        ...(page > 1 ? { previousPage: page - 1 } : {}),
        now: clock.now(),
      }),
    };
  },
};
