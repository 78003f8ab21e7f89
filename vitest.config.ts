// One suite, three projects: `pglite` always; `postgres` (the same files) where TEST_DATABASE_URL names a server; `browser` where
// TEST_BROWSER names a Chromium.
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/helpers/longest-first.ts';

const everything = 'test/**/*.test.ts';
const inBrowser = 'test/browser/**/*.test.ts';
/** These know nothing of a database: once is enough. */
const withoutDatabase = [
  'test/{domain,webex,simulator}/**/*.test.ts',
  'test/chat/{cards,markdown,mention,organization-form,views}.test.ts',
  'test/{imports,readme,config}.test.ts',
];

/** Several processes on one store: the embedded database serves one. */
const ofManyReplicas = 'test/process/replicas.test.ts';

const shared = {
  pool: 'forks',
  // Files share a process and what it has loaded, which is a third of the time. Each has a database, a Webex and an app of its own all the same.
  isolate: false,
  setupFiles: ['test/helpers/each-file.ts'],
  // No test asserts how long something takes: these only end what hangs, on a busy machine too.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  sequence: { hooks: 'stack' },
  // Programs that a file runs at the same time, each with a pool of connections: all of a run have to fit into a server's usual hundred.
  maxConcurrency: 4,
} satisfies TestProjectInlineConfiguration['test'];

const projects: TestProjectInlineConfiguration[] = [
  {
    test: {
      ...shared,
      name: 'pglite',
      include: [everything],
      exclude: [inBrowser, ofManyReplicas],
      globalSetup: 'test/helpers/pglite-setup.ts',
    },
  },
];

if (process.env['TEST_DATABASE_URL']) {
  projects.push({
    test: {
      ...shared,
      name: 'postgres',
      include: [everything],
      exclude: [inBrowser, ofManyReplicas, ...withoutDatabase],
      globalSetup: 'test/helpers/postgres-setup.ts',
    },
  });
  projects.push({
    test: {
      ...shared,
      name: 'replicas',
      include: [ofManyReplicas],
      // After the others: it keeps all processors busy, and takes as many connections as they do.
      sequence: { ...shared.sequence, groupOrder: 1 },
      globalSetup: 'test/helpers/postgres-setup.ts',
    },
  });
}

if (process.env['TEST_BROWSER']) {
  projects.push({
    test: {
      ...shared,
      name: 'browser',
      include: [inBrowser],
      testTimeout: 240_000,
      globalSetup: 'test/helpers/pglite-setup.ts',
    },
  });
}

export default defineConfig({
  test: {
    projects,
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/helpers/summary-reporter.ts'],
  },
});
