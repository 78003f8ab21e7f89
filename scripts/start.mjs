// `npm start`: builds where the source is not the one that was built, says so, and runs the service in this process.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/main.js');
/** Holds the hash of the source that `dist` was built from. Written once a build has come to its end. */
const mark = join(root, 'dist/.built-from');

/** By content, so that neither a clone nor a checkout that changes times leads to a build, and each real change does. */
function hashOfSource() {
  const hash = createHash('sha256').update(process.version);
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
  for (const folder of ['src', 'migrations']) {
    const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length));
    files.push(...names.sort());
  }
  for (const file of files) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

const source = hashOfSource();
const isBuilt = existsSync(main) && existsSync(mark) && readFileSync(mark, 'utf8') === source;
if (!isBuilt) {
  process.stderr.write(
    'Hubkeeper: building, since its source was not built yet or has changed. This takes some seconds.\n',
  );
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('Hubkeeper: the build has failed. Run `npm ci`, then `npm start` again.\n');
    process.exit(1);
  }
  writeFileSync(mark, source);
}
if (!process.argv.includes('--help')) process.stderr.write('Hubkeeper: starting.\n');
await import(main);
