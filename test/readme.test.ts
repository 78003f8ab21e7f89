// What READMEs list is there: the bot's commands, the routes of the simulated Webex, and the tables of the store.
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

it('SECURITY.md names each table of the store once, and no other', () => {
  const tables = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.schema.ts'))
    .flatMap((path) => [...readFileSync(`src/${path}`, 'utf8').matchAll(/\bpgTable\(\s*'(\w+)'/g)])
    .map(([, name]) => name);
  const section = /## What is stored\n([\s\S]*?)\n## /.exec(readFileSync('SECURITY.md', 'utf8'))?.[1] ?? '';
  const named = [...section.matchAll(/^\| (`.+?`) \|/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`(.+?)`/g)].map(([, name = '']) => name))
    // The job engine's tables are its own.
    .filter((name) => !name.startsWith('pgboss.'));
  expect(named.toSorted()).toEqual(tables.toSorted());
});
