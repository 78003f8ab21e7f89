// Who is measured, and how each is started: as the built program, in a process and a folder of its own, with the same lean Webex.

import { type Child, startChild } from './child.ts';
import { BOT_TOKEN } from './lean-webex-people.ts';
import { here, main, serviceEnv, webhookSecret } from './program.ts';
import { embeddedStore, ORGANIZATIONS, postgresStore, type Store } from './store.ts';

export interface Contender {
  name: string;
  /** Stands in each right answer to `list`. */
  expected: string;
  /** Where it keeps anything: made anew for each round. */
  createStore?: () => Promise<Store>;
  start(settings: { apiUrl: string; store: Store | undefined; cwd: string }): Promise<Child>;
}

function hubkeeper(name: string, createStore: () => Promise<Store>): Contender {
  return {
    name,
    expected: `**${ORGANIZATIONS} organizations**`,
    createStore,
    start: ({ apiUrl, store, cwd }) =>
      startChild(main, { ready: 'Hubkeeper is running at ', cwd, env: { ...serviceEnv(apiUrl), ...store?.env } }),
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
  return startChild(main, { ready: 'Hubkeeper is running with', cwd: dataDir, env });
}
