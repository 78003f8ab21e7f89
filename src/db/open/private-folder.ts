// Folders that are nobody else's business: DATA_DIR holds tokens, and in the demo the keys to them.

import { chmod, mkdir, stat } from 'node:fs/promises';

/**
 * Makes the folder where there is none, and takes others' rights on it away.
 * @throws where others may use it and its rights cannot be changed: a sentence that says what to do
 */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return;
  try {
    await chmod(path, 0o700);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A group of its own is how orchestrators share a volume with a process that does not own it.
    if ((mode & 0o007) === 0 && (code === 'EPERM' || code === 'EACCES')) return;
    throw new Error(
      `DATA_DIR ${path} is open to others, and its rights cannot be changed (${code}): run chmod 700 on it as its owner.`,
      { cause: error },
    );
  }
}
