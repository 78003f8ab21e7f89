#!/usr/bin/env node
// `npm run store:release`: lets a store be taken by another bot, integration or Webex at its next start. For a move that is meant.

import { releaseStore } from './operations/store-owner.ts';
import { onStore } from './store-command.ts';

await onStore('store:release', async ({ db }) => {
  const isReleased = await releaseStore(db);
  process.stdout.write(
    isReleased
      ? 'The store belongs to nobody now. The next start takes it; a start with the old variables takes it back.\n'
      : 'The store belonged to nobody already.\n',
  );
  return 0;
});
