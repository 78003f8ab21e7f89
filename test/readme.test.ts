// The README's list of commands is the one that the bot has.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from './helpers/registry.ts';

it("the README's table of commands is the bot's own", () => {
  const section = /## Commands\n([\s\S]*?)\n## /.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
  const rows = [...section.matchAll(/^\| `(.+?)` \| (.+?) \|$/gm)].map(([, usage, summary]) => ({
    // A bar inside a table's cell is escaped.
    usage: usage?.replaceAll('\\|', '|'),
    summary,
  }));
  expect(rows).toEqual(
    commands.filter(({ isUnlisted }) => !isUnlisted).map(({ usage, summary }) => ({ usage, summary })),
  );
});
