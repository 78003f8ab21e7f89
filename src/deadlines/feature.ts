// Deadlines: warnings before a connection expires, escalation where nobody acknowledges, and the forecast.

import type { Feature } from '../feature.ts';
import { expiring } from './expiring.command.ts';
import { forecast } from './forecast/forecast.command.ts';
import { calendarRenderer, pictureRenderer } from './forecast/forecast.render.ts';
import { notifyJob } from './notify.job.ts';
import { notifySpaces } from './notify-spaces.ts';
import { acknowledge, acknowledgeAll, snooze, unacknowledge } from './warning.action.ts';
import {
  acknowledgedRenderer,
  deadlinesRenderer,
  escalationRenderer,
  snoozedRenderer,
  unacknowledgedRenderer,
} from './warning.render.ts';

export const deadlines: Feature = {
  commands: [expiring, forecast],
  actions: [snooze, acknowledge, acknowledgeAll, unacknowledge],
  notices: [
    deadlinesRenderer,
    escalationRenderer,
    acknowledgedRenderer,
    unacknowledgedRenderer,
    snoozedRenderer,
    pictureRenderer,
    calendarRenderer,
  ],
  jobs: [notifyJob],
  schedules: [{ job: 'look for deadlines', pattern: ({ schedules }) => schedules.expiry, run: notifySpaces }],
};
