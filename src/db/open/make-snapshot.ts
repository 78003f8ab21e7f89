// The build's last step: makes the snapshot from which a first start loads its database, unless the one that fits is there already.

import { createEmpty } from './pglite.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

if ((await readSnapshot()) === undefined) {
  const client = await createEmpty();
  await writeSnapshot(client);
  await client.close();
}
