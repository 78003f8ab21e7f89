// What READMEs list is there: the bot's commands, and the routes of the simulated Webex.
import { readdirSync, readFileSync } from 'node:fs';
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

it("the simulator's README lists its routes", () => {
  const folder = 'src/simulator/rest';
  const routes = readdirSync(folder).flatMap((file) =>
    [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/method: '([A-Z]+)',\s*path: '([^']+)'/g)].map(
      ([, method, path]) => `${method} ${path}`,
    ),
  );
  const listed = [
    ...readFileSync('src/simulator/README.md', 'utf8').matchAll(/^\| `(\/.+?)` \| ([A-Z, ]+) \|$/gm),
  ].flatMap(([, path, methods = '']) => methods.split(', ').map((method) => `${method} ${path}`));
  expect(listed.toSorted()).toEqual(routes.toSorted());
});
