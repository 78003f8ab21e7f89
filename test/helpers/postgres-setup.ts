// Before the first test: one migrated, empty database on TEST_DATABASE_URL's server, from which those of the test files are made.
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { databaseUrl } from './database-url.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const serverUrl = process.env['TEST_DATABASE_URL'] ?? '';
  const template = `hubkeeper_template_${randomBytes(4).toString('hex')}`;
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await server.unsafe(`create database ${template}`);
  const database = await openDatabase({ url: databaseUrl(serverUrl, template), dataDir: '', queues });
  await database.close();
  project.provide('testStore', { driver: 'postgres', serverUrl, template });
  return async () => {
    const all = await server`select datname from pg_database where starts_with(datname, ${template})`;
    for (const { datname } of all) await server.unsafe(`drop database ${datname} with (force)`);
    await server.end();
  };
}
