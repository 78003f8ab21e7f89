// `forecast`: the deadlines of the coming days as a picture, its numbers in words, and a calendar of them.

import { z } from 'zod';
import type { Command } from '../../chat/command.ts';
import { failureMessage } from '../../chat/refusals.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { forecastCalendarNotice, forecastPictureNotice } from './forecast.notice.ts';
import { comingDeadlines } from './forecast.store.ts';
import { daysAfter, forecastMaxDays } from './forecast-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    forecast: { days?: number };
  }
}

const defaultDays = 90;

const daysSchema = z.coerce.number().int().min(1).max(forecastMaxDays);

export const forecast: Command<{ db: Db; clock: Clock }> = {
  name: 'forecast',
  needs: 'viewer',
  usage: 'forecast [days]',
  summary: 'Draw which connections expire within 90 days, or as many as you say, and give them as a calendar.',
  group: 'Connections',
  examples: ['forecast 30'],
  async run({ db, clock }, { argument, inputs, actor, scope }) {
    const asked = inputs['days'] ?? (argument === '' ? defaultDays : argument);
    const days = daysSchema.safeParse(asked);
    if (!days.success) {
      const what = `Enter 1 to ${forecastMaxDays} days.`;
      return { content: failureMessage({ what, hint: 'Type, for example, forecast 30.' }) };
    }
    const now = clock.now();
    const [first] = await comingDeadlines(db, { scope, now, until: daysAfter(now, days.data), limit: 1 });
    const { personId, email, webexOrgId } = actor;
    const saved = { days: days.data, askedBy: { personId, email, webexOrgId } };
    return {
      content: forecastPictureNotice.of(saved),
      // Webex takes one file a message.
      further: first ? [forecastCalendarNotice.of(saved)] : [],
    };
  },
};
