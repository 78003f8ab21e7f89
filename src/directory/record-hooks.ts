// What a deleted or forgotten record means for its directory: the rows rest with a deleted record, and go with a purge.

import { everything } from '../db/scope.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { countDirectory, deleteDirectory } from './directory.store.ts';

export const directoryRecordHooks: RecordHooks<unknown> = {
  contents: (db, organizationId) => countDirectory(db, { scope: everything, organizationId }),
  async forgotten(tx, organizationId) {
    const counts = await countDirectory(tx, { scope: everything, organizationId });
    await deleteDirectory(tx, organizationId);
    return counts;
  },
};
