// Deadlines: warnings before a connection expires, escalation where nobody acknowledges, and the forecast.

import { runs } from '../db/jobs/job-runner.ts';
import type { Feature } from '../feature.ts';
import { expiring } from './expiring.command.ts';
import { forecast } from './forecast/forecast.command.ts';
import { calendarRenderer, pictureRenderer } from './forecast/forecast.render.ts';
import { notifySpace, notifySpaces } from './notify-spaces.ts';
import { acknowledge, snooze } from './warning.action.ts';
import { acknowledgedRenderer, deadlinesRenderer, escalationRenderer, snoozedRenderer } from './warning.render.ts';

export const deadlines: Feature = {
  commands: [expiring, forecast],
  actions: [snooze, acknowledge],
  notices: [
    deadlinesRenderer,
    escalationRenderer,
    acknowledgedRenderer,
    snoozedRenderer,
    pictureRenderer,
    calendarRenderer,
  ],
  jobs: () => [runs('tell', { concurrency: 2 }, notifySpace)],
  schedules: [{ job: 'look for deadlines', pattern: ({ schedules }) => schedules.expiry, run: notifySpaces }],
};
