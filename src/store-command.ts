// What the commands for operators have in common: the service's own configuration and store, words on failure, and an exit code.

import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { type Config, readConfig } from './config.ts';
import type { Db } from './db/database.ts';
import { openDatabase } from './db/open/open.ts';
import { createSealer } from './db/seal/seal.ts';
import { bindSealer } from './db/store-sealer.ts';
import { queues } from './features.ts';
import { describeError } from './log.ts';

/** Runs `work` on the service's store, and sets the process's exit code to what it returns; to 1 where it fails. */
export async function onStore(
  name: string,
  work: (store: { db: Db; config: Config }) => Promise<number>,
): Promise<void> {
  if (existsSync('.env')) loadEnvFile('.env');
  const result = readConfig(process.env);
  const problems = result.ok ? [] : result.problems;
  if (result.ok && !result.config.webex)
    problems.push('it works on the store of a service: set WEBEX_BOT_TOKEN and the other variables');
  if (!result.ok || problems.length > 0) {
    process.stderr.write(`${name} cannot run:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`);
    process.exitCode = 1;
    return;
  }
  const { config } = result;
  try {
    const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, queues });
    bindSealer(database.db, createSealer(config.encryptionKeys));
    try {
      process.exitCode = await work({ db: database.db, config });
    } finally {
      await database.close();
    }
  } catch (error) {
    process.stderr.write(`${name} has failed: ${describeError(error).message}\n`);
    process.exitCode = 1;
  }
}
