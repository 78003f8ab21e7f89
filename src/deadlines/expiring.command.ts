// `expiring`: which connections are lost or expire soon, by deadline, a page at a time.

import { z } from 'zod';
import type { Command } from '../chat/command.ts';
import { saveLastList } from '../chat/last-list.store.ts';
import { pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import { failureMessage } from '../chat/refusals.ts';
import { hasConnections } from '../connections/connection.store.ts';
import { endingConnections } from '../connections/ending.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import { labelOf } from '../organizations/labels/label-rules.ts';
import { labelSent } from '../organizations/labels/label-sent.ts';
import { expiringMessage, nothingConnectedMessage } from './warning.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    expiring: { days?: number; page?: number; label?: string };
  }
}

const defaultDays = 30;

const maxDays = 3650;
const daysSchema = z.coerce.number().int().min(0).max(maxDays);

/** `60`, `label gold`, `label gold 60` */
function readExpiring(argument: string): { label: string | undefined; days: string } {
  const [, word, days = ''] = /^label\s+(\S+)\s*(.*)$/isu.exec(argument) ?? [];
  const label = labelOf(word ?? '');
  return label === undefined ? { label, days: argument } : { label, days };
}

export const expiring: Command<{ db: Db; clock: Clock }> = {
  name: 'expiring',
  needs: 'viewer',
  usage: 'expiring [label <word>] [days]',
  summary:
    'List the connections that are lost or expire within 30 days, or as many as you say: all, or of those with a label.',
  group: 'Connections',
  examples: ['expiring 7', 'expiring label gold 60'],
  async run({ db, clock }, { argument, inputs, scope, standing, place, actor, isDirect }) {
    const typed = readExpiring(argument);
    const asked = inputs['days'] ?? (typed.days === '' ? defaultDays : typed.days);
    const label = typed.label ?? labelSent.parse(inputs['label']);
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
    const ending = { scope, before, label, now };
    const { rows: found, counts } = await endingConnections(db, { ...ending, offset, limit: limit + 1 });
    const labeled = label === undefined ? {} : { label };
    const total = counts.lost + counts.expired + counts.coming;
    if (found.length === 0 && total > 0) {
      return { content: pastEndMessage('expiring', page, total, { days: days.data, ...labeled }) };
    }
    if (total === 0 && label === undefined && !(await hasConnections(db, { scope })))
      return { content: nothingConnectedMessage };
    const rows = found.slice(0, limit).map(({ organization, connection }) => ({ ...organization, connection }));
    await saveLastList(db, { standing, place, actor, isDirect, rows, firstNumber, now });
    const beside = pagesBeside(page, { hasMore: found.length > limit });
    return {
      content: expiringMessage({
        ...{ rows, firstNumber, total, now },
        days: days.data,
        counts,
        ...labeled,
        ...beside,
      }),
    };
  },
};
