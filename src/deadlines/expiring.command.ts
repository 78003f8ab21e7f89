// `expiring`: which connections are lost or expire soon, by deadline, a page at a time.

import { z } from 'zod';
import type { Command } from '../chat/command.ts';
import { saveLastList } from '../chat/last-list.store.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import { failureMessage } from '../chat/refusals.ts';
import { countEndingConnections, endingConnections, hasConnections } from '../connections/connection.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import { expiringMessage, nothingConnectedMessage } from './warning.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    expiring: { days?: number; page?: number };
  }
}

const defaultDays = 30;

const maxDays = 3650;
const daysSchema = z.coerce.number().int().min(0).max(maxDays);

export const expiring: Command<{ db: Db; clock: Clock }> = {
  name: 'expiring',
  needs: 'viewer',
  usage: 'expiring [days]',
  summary: 'List the connections that are lost or expire within 30 days, or as many as you say.',
  group: 'Connections',
  examples: ['expiring 7'],
  async run({ db, clock }, { argument, inputs, scope, standing, place, actor, isDirect }) {
    const asked = inputs['days'] ?? (argument === '' ? defaultDays : argument);
    const days = daysSchema.safeParse(asked);
    if (!days.success) {
      return {
        content: failureMessage({ what: `Enter 0 to ${maxDays} days.`, hint: 'Type, for example, expiring 60.' }),
      };
    }
    const page = pageAsked(inputs['page']);
    const { offset, limit, firstNumber } = page;
    const now = clock.now();
    const before = new Date(now.getTime() + days.data * dayMs);
    const [found, { total, lost, expired }] = await Promise.all([
      endingConnections(db, { scope, before, offset, limit }),
      countEndingConnections(db, { scope, before, now }),
    ]);
    if (isPastEnd(page, total)) return { content: pastEndMessage('expiring', page, total, { days: days.data }) };
    if (total === 0 && !(await hasConnections(db, { scope }))) return { content: nothingConnectedMessage };
    const rows = found.map(({ organization, connection }) => ({ ...organization, connection }));
    await saveLastList(db, { standing, place, actor, isDirect, rows, firstNumber, now });
    return {
      content: expiringMessage({
        rows,
        days: days.data,
        firstNumber,
        total,
        lost,
        expired,
        ...pagesBeside(page, total),
        now,
      }),
    };
  },
};
