// Before the dump is made: a PostgreSQL of its own, which writes down every statement with its parameters.
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import setupPostgres from '../../helpers/postgres-setup.ts';
import { freePort } from '../free-port.ts';
import { startOwnPostgres } from '../own-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the server's logs. */
    statementLog: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startOwnPostgres(await freePort());
  const owner = postgres(server.url, { max: 1, onnotice: () => {} });
  for (const setting of [
    'logging_collector = on',
    "log_destination = 'jsonlog'",
    "log_directory = 'statements'",
    "log_filename = 'all.log'",
    "log_statement = 'all'",
    'log_parameter_max_length = -1',
    // What the clock writes and what is read as text has one form.
    "timezone = 'UTC'",
  ]) {
    await owner.unsafe(`alter system set ${setting}`);
  }
  const [folder] = await owner`show data_directory`;
  await owner.end();
  await server.stop('fast');
  await server.start();
  process.env['TEST_DATABASE_URL'] = server.url;
  const remove = await setupPostgres(project);
  const log = join(String(folder?.['data_directory']), 'statements/all.json');
  await chmod(log, 0o644);
  project.provide('statementLog', log);
  return async () => {
    await remove();
    await server.remove();
  };
}
