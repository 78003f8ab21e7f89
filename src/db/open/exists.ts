// Whether a file or folder exists.

import { access } from 'node:fs/promises';

/** False only where there is nothing at `path`; other failures are thrown. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}
