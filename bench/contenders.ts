// Who is measured, and how each is started: as the built program, in a process and a folder of its own, with the same lean Webex.

import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { ADMIN_EMAIL, BOT_TOKEN } from './lean-webex.ts';
import { embeddedStore, ORGANIZATIONS, postgresStore, type Store } from './store.ts';

export interface Contender {
  name: string;
  /** Stands in each right answer to `list`. */
  expected: string;
  /** Where it keeps anything: made anew for each round. */
  createStore?: () => Promise<Store>;
  start(settings: { apiUrl: string; store: Store | undefined; cwd: string }): Promise<Child>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const webhookSecret = randomBytes(16).toString('hex');
const encryptionKey = `k1:${randomBytes(32).toString('base64')}`;

/** The built program: `dist/main.js`. */
const program = here('../main.js');

function hubkeeper(name: string, createStore: () => Promise<Store>): Contender {
  return {
    name,
    expected: `**${ORGANIZATIONS} organizations**`,
    createStore,
    start: ({ apiUrl, store, cwd }) =>
      startChild(program, {
        ready: 'Hubkeeper is running at ',
        cwd,
        env: {
          PORT: '0',
          WEBEX_API_URL: apiUrl,
          WEBEX_BOT_TOKEN: BOT_TOKEN,
          WEBEX_CLIENT_ID: 'the-integration',
          WEBEX_CLIENT_SECRET: 'its-secret',
          WEBHOOK_SECRET: webhookSecret,
          ENCRYPTION_KEYS: encryptionKey,
          ADMINS: ADMIN_EMAIL,
          ...store?.env,
        },
      }),
  };
}

function bareBot(name: string, script: string): Contender {
  return {
    name,
    expected: 'You said: ',
    start: ({ apiUrl, cwd }) =>
      startChild(here(script), {
        ready: 'ready',
        cwd,
        env: { WEBEX_API_URL: apiUrl, WEBEX_BOT_TOKEN: BOT_TOKEN, WEBHOOK_SECRET: webhookSecret },
      }),
  };
}

/** Without a PostgreSQL server there is one contender less. */
export function contenders(postgresUrl: string | undefined): Contender[] {
  return [
    bareBot('hand-written', 'hand-written-bot.js'),
    ...(postgresUrl ? [hubkeeper('Hubkeeper, PostgreSQL', () => postgresStore(postgresUrl))] : []),
    hubkeeper('Hubkeeper, embedded', embeddedStore),
    bareBot('framework echo', 'echo-bot.js'),
  ];
}

/** The demo as a newcomer meets it: no token, no database, an empty folder. */
export function startDemo(dataDir: string): Promise<Child> {
  const env = { PORT: '0', DATA_DIR: dataDir };
  return startChild(program, { ready: 'Hubkeeper is running with', cwd: dataDir, env });
}
