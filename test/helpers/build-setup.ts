// Before the first test that starts the program as a process: builds it, once for all projects of a run.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the built program's `main.js`. */
    program: string;
  }
}

/** Each project loads this file anew, in the same process. */
const run = globalThis as { hubkeeperProgram?: Promise<string> };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  run.hubkeeperProgram ??= build();
  const folder = await run.hubkeeperProgram;
  project.provide('program', join(folder, 'dist/main.js'));
  return async () => {
    delete run.hubkeeperProgram;
    await rm(folder, { recursive: true, force: true });
  };
}

/** Builds aside, so that no other build is disturbed. The files lie as in a checkout: `dist` beside `cards` and `migrations`. */
async function build(): Promise<string> {
  const cache = resolve('node_modules/.cache/hubkeeper');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'build-'));
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', join(folder, 'dist')]);
  for (const name of ['cards', 'migrations', 'package.json']) await symlink(resolve(name), join(folder, name));
  // The snapshot of `npm run build`, where there is one, takes most of the time from a first start.
  const built = existsSync('dist') ? await readdir('dist') : [];
  for (const name of built.filter((file) => file.endsWith('.tar.gz'))) {
    await symlink(resolve('dist', name), join(folder, 'dist', name));
  }
  return folder;
}
