// Chat: the inbox of Webex's events, the router, and `help`.

import type { Feature } from '../feature.ts';
import { eventsTotal, replySeconds } from './event-metrics.ts';
import { hello, help } from './help.command.ts';
import { inboxJob } from './inbox.job.ts';
import { purgeEvents } from './inbox.store.ts';
import { inboxFigures } from './inbox-figures.ts';
import { purgeLastLists } from './last-list.store.ts';
import { purgePeople } from './person.store.ts';
import { readyAdministrators } from './ready-administrators.ts';
import { commandsTotal } from './router.ts';
import { webhookRoute } from './webhook.route.ts';

export const chat: Feature = {
  commands: [help, hello],
  jobs: [inboxJob],
  schedules: [{ job: 'sweep inbox', pattern: '* * * * *', run: ({ inbox }) => inbox.sweep() }],
  routes: [webhookRoute],
  metrics: [commandsTotal, eventsTotal, replySeconds],
  figures: [inboxFigures],
  retention: [
    { what: 'events', days: 7, purge: purgeEvents },
    { what: 'people', days: 30, purge: purgePeople },
    { what: 'last lists', days: 30, purge: purgeLastLists },
  ],
  start: (parts) => readyAdministrators(parts),
};
