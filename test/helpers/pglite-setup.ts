// Before the first test: one migrated, empty DATA_DIR, of which each test file gets a copy. Kept over runs until the migrations change.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createEmpty } from '../../src/db/open/pglite.ts';
import { snapshotKey } from '../../src/db/open/snapshot.ts';
import { queues } from '../../src/features.ts';

const cache = 'node_modules/.cache/hubkeeper';
const DAY_MS = 24 * 60 * 60 * 1000;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = join(cache, await snapshotKey());
  if (!existsSync(kept)) {
    await mkdir(cache, { recursive: true });
    await removeOutdated();
    // Made aside and renamed when it is whole: an interrupted run leaves no half template, and of two runs one wins.
    const unfinished = await mkdtemp(join(cache, 'unfinished-'));
    const client = await createEmpty({ dataDir: join(unfinished, 'pglite'), queues });
    await client.close();
    try {
      await rename(unfinished, kept);
    } catch (error) {
      if (!existsSync(kept)) throw error;
      await rm(unfinished, { recursive: true });
    }
  }
  // Where the copies go, too: copying from the project's own folder may take three times as long.
  const stores = await mkdtemp(join(tmpdir(), 'hubkeeper-run-'));
  const template = join(stores, 'template');
  await cp(kept, template, { recursive: true });
  project.provide('testStore', { driver: 'pglite', template, stores });
  return () => rm(stores, { recursive: true });
}

/** Younger ones may belong to a run that goes on beside this one. */
async function removeOutdated(): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (Date.now() - (await stat(path)).mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
