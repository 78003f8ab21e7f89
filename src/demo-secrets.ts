// The demo's own secrets, made at its first start and kept in DATA_DIR, readable by the owner alone. The real service gets its secrets from the environment.

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { EncryptionKey } from './config.ts';

const fileSchema = z.object({ encryptionKey: z.base64().length(44), webhookSecret: z.string().min(1) });

/** Reads the secrets of an earlier start, or makes new ones. Throws where the file exists and holds no such secrets. */
export async function demoSecrets(path: string): Promise<{ encryptionKey: EncryptionKey; webhookSecret: string }> {
  const fresh = {
    encryptionKey: randomBytes(32).toString('base64'),
    webhookSecret: randomBytes(32).toString('hex'),
  };
  try {
    await writeFile(path, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' });
    return opened(fresh);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    return opened(fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))));
  } catch (error) {
    throw new Error(`${path} does not hold the demo's keys: restore it, or delete DATA_DIR to begin anew.`, {
      cause: error,
    });
  }
}

function opened({ encryptionKey, webhookSecret }: z.infer<typeof fileSchema>) {
  return { encryptionKey: { id: 'demo', key: Buffer.from(encryptionKey, 'base64') }, webhookSecret };
}
