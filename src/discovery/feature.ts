// Discovery: what partners manage at Webex against the records here.

import { connectAction } from '../connections/connect/connect-rules.ts';
import type { Feature } from '../feature.ts';
import { addManagedJob } from './add-managed.job.ts';
import { addAllManaged, addManagedAction, askAddAll, keepName, takeName } from './discover.action.ts';
import { discover } from './discover.command.ts';
import {
  managedAddedRenderer,
  managedFoundRenderer,
  managedRenamedRenderer,
  managedUnlistedRenderer,
} from './discovery.render.ts';
import { holdAgainJob } from './hold-again.job.ts';
import { lookDaily } from './look-daily.ts';
import { lookStep } from './look-step.ts';

export const discovery: Feature = {
  commands: [discover],
  actions: [addManagedAction, askAddAll, addAllManaged, takeName, keepName],
  notices: [managedAddedRenderer, managedFoundRenderer, managedRenamedRenderer, managedUnlistedRenderer],
  jobs: [addManagedJob, holdAgainJob],
  schedules: [{ job: 'look at what partners manage', pattern: '10 5 * * *', run: lookDaily }],
  followUps: [{ after: connectAction, steps: [lookStep] }],
};
