// The build's last step: makes the snapshot from which a first start loads its database, unless the one that fits is there already.

import { createEmpty } from './db/open/pglite.ts';
import { readSnapshot, writeSnapshot } from './db/open/snapshot.ts';
import { queues } from './features.ts';

if ((await readSnapshot()) === undefined) {
  const client = await createEmpty({ queues });
  await writeSnapshot(client);
  await client.close();
}
