// One suite: on PGlite alone where no server is named; where TEST_DATABASE_URL names a PostgreSQL, what is about the store on both, and the rest on the
// server alone; in a browser where TEST_BROWSER names a Chromium. Several replicas
// come last.
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './test/helpers/longest-first.ts';

const everything = 'test/**/*.test.ts';
const inBrowser = 'test/browser/**/*.test.ts';
/** These know nothing of a database: once is enough. */
const withoutDatabase = [
  'test/{domain,webex,simulator}/**/*.test.ts',
  'test/chat/{cards,forecast,markdown,mention,message,organization-form,views,who-reconnects}.test.ts',
  'test/http/{page,signed-path}.test.ts',
  'test/spaces/framework.test.ts',
  'test/{imports,features,readme,config,scope,cases}.test.ts',
];

/**
 * Told on one database, and why that is enough. It is PostgreSQL where there is one, which takes a third of the processor time; everything else is told on
 * both: the store itself (test/db), and each story of races, claims, leases, the inbox, the outbox, transactions, starts and stops.
 */
const onOneDatabase: Record<string, string> = {
  'test/stories/admins.test.ts': 'who gave which grant is a view of rows that test/db/grants reads on both',
  'test/stories/audit.test.ts': 'what each person reads of the audit; the chain is held by test/db/audit on both',
  'test/stories/authority.test.ts': 'who may do what is decided before the store is asked',
  'test/stories/better-grant.test.ts':
    'what Webex lets a new grant read; what replaces what is held by test/db/connect on both',
  'test/stories/changes.test.ts':
    'words, files and who reads them; the journal is held by test/db/directory-changes on both',
  'test/stories/journal.test.ts': 'what syncs find; the journal is held by test/db/directory-changes on both',
  'test/stories/calling.test.ts': 'cards, words and who may set it; runs are held by test/db/calling on both',
  'test/stories/commands.test.ts': 'the words of answers; what they read is read by test/db on both',
  'test/stories/customers.test.ts': 'who sees and changes which branch; the tree is held by test/db/customers on both',
  'test/stories/delete.test.ts':
    'cards and words; deletions and purges are held by test/db/deletions and test/db/purge on both',
  'test/stories/delete-branches.test.ts':
    'who may delete in which branch; deletions are held by test/db/deletions on both',
  'test/stories/delete-approval.test.ts': 'who may approve; deletions are held by test/db/deletions on both',
  'test/stories/disconnect.test.ts': 'what Webex revokes; what is withdrawn is held by test/db/deletions on both',
  'test/stories/contact-center.test.ts': 'one more kind of what test/db/directory holds on both',
  'test/stories/edit-confirm.test.ts': 'cards and their words; drafts are a row each',
  'test/stories/edit.test.ts': 'cards and words; a record and its versions are held by test/db/organizations on both',
  'test/stories/faults.test.ts':
    'how Webex fails; that nothing is stored twice is held by test/db/inbox and test/db/notices on both',
  'test/stories/faults-connect.test.ts':
    'how Webex fails; a transaction that is cut off is in outage, transactions and crashes on both',
  'test/stories/faults-start.test.ts': 'how Webex fails; starts on the store are in start-stop on both',
  'test/stories/form.test.ts': 'what is typed and comes back; a record is saved once in test/db/organizations on both',
  'test/stories/forecast.test.ts': 'pictures and calendars; their figures are in test/db/forecast on both',
  'test/stories/labels.test.ts':
    'words and who may use them; lists by label are held by test/db/many-organizations on both',
  'test/stories/leaving.test.ts': 'a plan of what test/db/grants reads on both',
  'test/stories/fall-back.test.ts': 'words and who may set it; what takes over is held by test/db/fall-back on both',
  'test/stories/fleet.test.ts': 'what each way costs people; refreshes and losses are held by test/db on both',
  'test/stories/licenses.test.ts':
    'bars, sums and thresholds; what a sync changes is held by test/db/directory on both',
  'test/stories/links.test.ts': 'what browsers bring; a link is redeemed in test/db/connect-links on both',
  'test/stories/list.test.ts': 'words and buttons; what a list finds is held by test/db/many-organizations on both',
  'test/stories/locations.test.ts': 'one more kind of what test/db/directory holds on both',
  'test/stories/ninety-days.test.ts': 'three months of what refresh and warnings tell on both',
  'test/stories/note-and-contact.test.ts': 'words of warnings, which warnings tells on both',
  'test/stories/notify.test.ts':
    'who may set it, and where warnings go; which space is notified is held by test/db/label-spaces on both',
  'test/stories/odd-replies.test.ts':
    'what Webex answers; what is kept of a grant is held by test/db/connect and test/db/refreshes on both',
  'test/stories/onboard.test.ts': 'a checklist of what other tests hold on both',
  'test/stories/partner.test.ts':
    'what a partner may read; who is held and followed is in test/db/add-managed and test/db/grants on both',
  'test/stories/people.test.ts': 'words, counts and who reads them; pages are kept by test/db/directory-pages on both',
  'test/stories/packages.test.ts': 'what Webex accepts and ends; transactions go on and end on both',
  'test/stories/probe.test.ts': 'what Webex says of a grant; what is due is found by test/db/probes on both',
  'test/stories/refusals.test.ts': 'how Webex refuses; losses are held by test/db/lost-connections on both',
  'test/stories/scopes.test.ts': 'what is missing from grants is found by test/db/grants on both',
  'test/stories/second-consent.test.ts':
    'what Webex makes of consents; how a connection is replaced is held by test/db/connect on both',
  'test/stories/service-app.test.ts':
    'what Webex gives an app, and takes; how a connection is saved is held by test/db/organizations on both',
  'test/stories/tokens.test.ts':
    'what is entered, refused and told; what replaces what is held by test/db/connect on both',
  'test/stories/settings.test.ts': 'forms and their words; settings are resolved by test/db/settings on both',
  'test/stories/settings-tree.test.ts':
    'who may change which level; what counts where is held by test/db/settings-tree on both',
  'test/stories/show.test.ts': 'sections of a record, and who reads which',
  'test/stories/sites.test.ts':
    'cards, words and who may change what; what a sync makes is held by test/db/sites on both',
  'test/stories/spaces.test.ts': 'where the bot is heard is between Webex and the bot',
  'test/stories/syncs.test.ts':
    'cards, words and who may change what; what is due and what pages keep is in test/db/schedules and test/db/directory-pages on both',
  'test/stories/transfer.test.ts':
    'files, verdicts and words; what is written is held by test/db/transfer on both, and the kill by test/process/import',
  'test/stories/transfer-branches.test.ts':
    'who may import and export what; what is written is held by test/db/transfer on both',
  'test/stories/webhooks-heal.test.ts': 'webhooks are rows at Webex',
  'test/stories/wholesale.test.ts': 'one more kind of what test/db/directory holds on both',
  'test/stories/workspaces.test.ts': 'what Webex says of workspaces; nothing is stored',
  'test/stories/why-lost.test.ts': 'words of a loss, which test/db/lost-connections holds on both',
  'test/http/surface.test.ts': 'headers, methods and limits are between a browser and the server',
};

/** The real program in processes of its own. */
const ofProcesses = 'test/process/**/*.test.ts';
/** Several processes on one store, which the embedded database does not serve; and a PostgreSQL that the test itself stops and fills. */
const ofManyReplicas = 'test/process/{replicas,chaos,version-before-at-work}.test.ts';

const shared = {
  pool: 'forks',
  // Files share a process and what it has loaded, which is a third of the time. Each has a database, a Webex and an app of its own all the same.
  isolate: false,
  setupFiles: ['test/helpers/each-file.ts'],
  // No test asserts how long something takes: these only end what hangs, on a busy machine too.
  testTimeout: 420_000,
  hookTimeout: 420_000,
  expect: { poll: { timeout: 150_000 } },
  sequence: { hooks: 'stack' },
  // Programs that a file runs at the same time, each with a pool of eleven connections. Four more may run in the files beside it, and all of them have to fit
  // into a server's usual hundred.
  maxConcurrency: 4,
} satisfies TestProjectInlineConfiguration['test'];

const hasServer = Boolean(process.env['TEST_DATABASE_URL']);
/** Which projects run at the same time: groups of projects run one after the other. */
const inGroup = (groupOrder: number) => ({ sequence: { ...shared.sequence, groupOrder } });
/**
 * Processes wait most of their time for leases, so that something computes beside them. It uses the other database: all connections of a group have to fit
 * into a server's usual hundred.
 */
const first = inGroup(0);
const second = inGroup(hasServer ? 1 : 0);
/** Four replicas take 44 connections, one beside the version before takes 14, and the PostgreSQL that is stopped and filled is one of its own. */
const last = { ...inGroup(2), maxWorkers: 2 };

const pgliteSetup = 'test/helpers/pglite-setup.ts';
const postgresSetup = 'test/helpers/postgres-setup.ts';
const buildSetup = 'test/helpers/build-setup.ts';
const onPglite = { ...shared, globalSetup: pgliteSetup };
const onPostgres = { ...shared, globalSetup: postgresSetup };

const projects: TestProjectInlineConfiguration[] = [
  {
    test: {
      ...onPglite,
      ...second,
      name: 'pglite',
      include: [everything],
      exclude: [inBrowser, ofProcesses, ...(hasServer ? Object.keys(onOneDatabase) : [])],
    },
  },
  {
    test: {
      ...onPglite,
      ...first,
      globalSetup: [pgliteSetup, buildSetup],
      name: 'processes on pglite',
      include: [ofProcesses],
      exclude: [ofManyReplicas],
    },
  },
];

if (hasServer) {
  projects.push(
    {
      test: {
        ...onPostgres,
        ...first,
        name: 'postgres',
        include: [everything],
        exclude: [inBrowser, ofProcesses, ...withoutDatabase],
      },
    },
    {
      test: {
        ...onPostgres,
        ...second,
        globalSetup: [postgresSetup, buildSetup],
        name: 'processes on postgres',
        include: [ofProcesses],
        exclude: [ofManyReplicas],
      },
    },
    {
      test: {
        ...onPostgres,
        ...last,
        globalSetup: [postgresSetup, buildSetup],
        name: 'replicas',
        include: [ofManyReplicas],
      },
    },
  );
}

if (process.env['TEST_BROWSER']) {
  projects.push({
    test: {
      ...shared,
      ...first,
      name: 'browser',
      include: [inBrowser],
      testTimeout: 420_000,
      globalSetup: hasServer ? postgresSetup : pgliteSetup,
    },
  });
}

export default defineConfig({
  test: {
    projects,
    // Each project would transform the whole program anew, and so would the next run.
    experimental: { fsModuleCache: true },
    // Files wait for more than half of their time: for time-outs, back-offs and leases.
    maxWorkers: 6,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/helpers/summary-reporter.ts'],
  },
});
