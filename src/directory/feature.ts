// Directory: what Webex says of an organization, synced after it was connected.

import { connectAction } from '../connections/connect/connect-rules.ts';
import type { Feature } from '../feature.ts';
import { confirmForget, forget } from './forget.command.ts';
import { directoryKinds } from './kinds.ts';
import { directoryRecordHooks } from './record-hooks.ts';
import { syncStep } from './sync-directory.ts';

export const directory: Feature = {
  commands: [forget],
  actions: [confirmForget],
  records: directoryRecordHooks,
  followUps: [{ after: connectAction, steps: directoryKinds.map(syncStep) }],
};
