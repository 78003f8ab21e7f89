// A store with the data of the version before, and a Webex to which it belongs.
import { onTestFinished } from 'vitest';
import type { Db } from '../../../src/db/database.ts';
import { openDatabase } from '../../../src/db/open/open.ts';
import { queues } from '../../../src/features.ts';
import { createTestStore } from '../../helpers/database.ts';
import { openPremises } from '../program.ts';
import { loadDump } from './load.ts';
import { worldOf } from './world.ts';

/** Nothing runs in it yet. */
export async function moveIn() {
  const home = await openPremises({ store: await createTestStore({ fresh: true }) });
  onTestFinished(() => home.close());
  const world = worldOf(home.simulator);
  await loadDump(home.store, world);
  return { ...home, world };
}

/** Opens the store with this version, which migrates it. */
export async function opened<T>(
  { url, dataDir }: { url: string | undefined; dataDir: string },
  look: (db: Db) => Promise<T>,
) {
  const database = await openDatabase({ url, dataDir, queues });
  try {
    return await look(database.db);
  } finally {
    await database.close();
  }
}
