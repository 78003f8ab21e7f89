#!/usr/bin/env node
// `npm run keys:rotate`: seals everything anew with the first of ENCRYPTION_KEYS, while services on the same PostgreSQL go on.

import { setTimeout as delay } from 'node:timers/promises';
import { checkKeys, keysInUse } from './db/seal/keys.ts';
import { rotateKeys } from './db/seal/rotate-keys.ts';
import { onStore } from './store-command.ts';

/** What a refresh holds is free again within this time, or soon after it. */
const pauseMs = 3_000;

await onStore('keys:rotate', async ({ db, config: { encryptionKeys: keys } }) => {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const first = keys[0]?.id;
  await checkKeys(db, { keys, now: new Date() });
  say(`Sealing everything with the key ${first}. Keys in use: ${(await keysInUse(db)).join(', ')}.`);
  const { count, left } = await rotateKeys({
    db,
    keys,
    progress: ({ table, column, count: done }) => say(`${table}.${column}: ${done} values`),
    pause: () => delay(pauseMs),
  });
  say(`${count} values were sealed anew.`);
  if (left.size === 0) {
    say(
      `Everything is sealed with ${first}. The other keys may be taken out of ENCRYPTION_KEYS; keep them for as long as backups that need them.`,
    );
    return 0;
  }
  for (const [id, values] of left) say(`${values} values are still sealed with ${id}.`);
  say(
    `Restart every service with ${first} as the first of its ENCRYPTION_KEYS, then run keys:rotate again: it goes on where it was.`,
  );
  return 1;
});
