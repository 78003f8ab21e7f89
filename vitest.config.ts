// One suite: on PGlite always; the same files on PostgreSQL where TEST_DATABASE_URL names a server; in a browser where
// TEST_BROWSER names a Chromium. What runs processes of its own comes last.
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/helpers/longest-first.ts';

const everything = 'test/**/*.test.ts';
const inBrowser = 'test/browser/**/*.test.ts';
/** These know nothing of a database: once is enough. */
const withoutDatabase = [
  'test/{domain,webex,simulator}/**/*.test.ts',
  'test/chat/{cards,markdown,mention,organization-form,views}.test.ts',
  'test/spaces/framework.test.ts',
  'test/{imports,readme,config}.test.ts',
];

/** The real program in processes of its own: these come after the rest, which would have them, or be by them, held up. */
const ofProcesses = 'test/process/**/*.test.ts';
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
  // Programs that a file runs at the same time, each with a pool of eleven connections: all of a run have to fit into a server's usual hundred.
  maxConcurrency: 6,
} satisfies TestProjectInlineConfiguration['test'];

/** The order in which groups of projects run, one after the other. */
const afterTheRest = { maxWorkers: 2, sequence: { ...shared.sequence, groupOrder: 1 } };
/** Keeps all processors busy, and takes as many connections as all others. */
const last = { maxWorkers: 1, sequence: { ...shared.sequence, groupOrder: 2 } };

const onPglite = { ...shared, globalSetup: 'test/helpers/pglite-setup.ts' };
const onPostgres = { ...shared, globalSetup: 'test/helpers/postgres-setup.ts' };

const projects: TestProjectInlineConfiguration[] = [
  { test: { ...onPglite, name: 'pglite', include: [everything], exclude: [inBrowser, ofProcesses] } },
  {
    test: {
      ...onPglite,
      ...afterTheRest,
      name: 'processes on pglite',
      include: [ofProcesses],
      exclude: [ofManyReplicas],
    },
  },
];

if (process.env['TEST_DATABASE_URL']) {
  projects.push(
    {
      test: {
        ...onPostgres,
        name: 'postgres',
        include: [everything],
        exclude: [inBrowser, ofProcesses, ...withoutDatabase],
      },
    },
    {
      test: {
        ...onPostgres,
        ...afterTheRest,
        name: 'processes on postgres',
        include: [ofProcesses],
        exclude: [ofManyReplicas],
      },
    },
    { test: { ...onPostgres, ...last, name: 'replicas', include: [ofManyReplicas] } },
  );
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
