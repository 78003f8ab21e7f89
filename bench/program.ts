// The built program as the bench uses it: where its files are, the environment of a process, and the modules that a measurement needs on their own.

import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ADMIN_EMAIL, BOT_TOKEN } from './lean-webex-people.ts';

export const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** `dist/main.js`. */
export const main = here('../main.js');

const key = randomBytes(32);
export const webhookSecret = randomBytes(16).toString('hex');

/** The environment of a service with a bot token. */
export const serviceEnv = (apiUrl: string): Record<string, string> => ({
  PORT: '0',
  WEBEX_API_URL: apiUrl,
  WEBEX_BOT_TOKEN: BOT_TOKEN,
  WEBEX_CLIENT_ID: 'the-integration',
  WEBEX_CLIENT_SECRET: 'its-secret',
  WEBHOOK_SECRET: webhookSecret,
  ENCRYPTION_KEYS: `k1:${key.toString('base64')}`,
  ADMINS: ADMIN_EMAIL,
});

/** Loads one file of `src`, by its path there. It is compiled apart from the bench: the caller states the module's type. */
export const load = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../modules/${file}`, import.meta.url).href)) as Module;

/** Seals tokens as the program does, with the key that it is given. */
export async function tokenSealer(): Promise<(column: string, organizationId: string, token: string) => string> {
  const { createSealer } = await load<{
    createSealer(keys: { id: string; key: Buffer }[]): { seal(plain: string, place: object): string };
  }>('db/seal/seal.js');
  const { seal } = createSealer([{ id: 'k1', key }]);
  return (column, id, token) => seal(token, { table: 'connections', column, id });
}
