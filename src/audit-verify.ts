#!/usr/bin/env node
// `npm run audit:verify`: checks the audit from its first entry to its last, while services on the same PostgreSQL go on.

import { type BrokenBy, verifyAudit } from './audit/verify-audit.ts';
import { onStore } from './store-command.ts';

/** How often it says how far it is, in entries. */
const sayEvery = 100_000;

const brokenWords: Readonly<Record<BrokenBy, string>> = {
  altered: 'it is not as it was written',
  missing: 'it was removed',
  added: 'it was not written by Hubkeeper',
  end: 'the end of the audit is not as it was written, so that entries from here on may have been removed',
  key: 'the key of the audit is gone or cannot be opened, so that nothing can be checked',
};

await onStore('audit:verify', async ({ db }) => {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const known = process.argv[2];
  const [, sequence, hash = ''] = /^(\d+):([\w-]+)$/.exec(known ?? '') ?? [];
  if (known !== undefined && sequence === undefined) {
    say(`“${known}” is no end of the audit. Give it as the log has it: npm run audit:verify -- 1234:Hash`);
    return 1;
  }
  let saidAt = 0;
  const verdict = await verifyAudit(db, {
    ...(sequence !== undefined && { knownHead: { sequence: Number(sequence), hash } }),
    progress(checked) {
      if (checked < saidAt + sayEvery) return;
      saidAt = checked;
      say(`${checked} entries are as they were written.`);
    },
  });
  if (!verdict.isWhole) {
    say(`The audit is broken. The first broken row is entry ${verdict.sequence}: ${brokenWords[verdict.brokenBy]}.`);
    if (verdict.sequence > 1) say(`The ${verdict.sequence - 1} entries before it are as they were written.`);
    return 1;
  }
  say(`All ${verdict.sequence} entries of the audit are as they were written.`);
  if (verdict.sequence > 0) say(`It ends with ${verdict.sequence}:${verdict.hash}`);
  return 0;
});
