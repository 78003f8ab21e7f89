// Before the first test: one migrated, empty DATA_DIR, of which each test file gets a copy. Kept over runs until the migrations change.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/connect.ts';
import { snapshotKey } from '../../src/db/snapshot.ts';

const cache = 'node_modules/.cache/hubkeeper';
const DAY_MS = 24 * 60 * 60 * 1000;

export default async function setup(project: TestProject): Promise<void> {
  const template = join(cache, await snapshotKey());
  if (!existsSync(template)) {
    await mkdir(cache, { recursive: true });
    await removeOutdated();
    // Made aside and renamed when it is whole: an interrupted run leaves no half template, and of two runs one wins.
    const unfinished = await mkdtemp(join(cache, 'unfinished-'));
    const database = await openDatabase({ dataDir: unfinished });
    await database.close();
    try {
      await rename(unfinished, template);
    } catch (error) {
      if (!existsSync(template)) throw error;
      await rm(unfinished, { recursive: true });
    }
  }
  project.provide('testStore', { driver: 'pglite', template });
}

/** Younger ones may belong to a run that goes on beside this one. */
async function removeOutdated(): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (Date.now() - (await stat(path)).mtimeMs > DAY_MS) await rm(path, { recursive: true, force: true });
  }
}
