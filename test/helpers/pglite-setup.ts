// Before the first test: one migrated, empty DATA_DIR, of which each test file gets a copy. Kept over runs until the migrations change.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/connect.ts';
import { snapshotKey } from '../../src/db/snapshot.ts';

const cache = 'node_modules/.cache/hubkeeper';

export default async function setup(project: TestProject): Promise<void> {
  const template = join(cache, await snapshotKey());
  if (!existsSync(template)) {
    await mkdir(cache, { recursive: true });
    for (const outdated of await readdir(cache)) {
      await rm(join(cache, outdated), { recursive: true, force: true });
    }
    // Made aside and renamed when it is whole: an interrupted run leaves no half template.
    const unfinished = await mkdtemp(join(cache, 'unfinished-'));
    const database = await openDatabase({ dataDir: unfinished });
    await database.close();
    await rename(unfinished, template);
  }
  project.provide('testStore', { driver: 'pglite', template });
}
