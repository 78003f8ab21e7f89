// `npm run build`: the programs in dist/. Each is one file, with what several of them share beside it: to find and load the files of src/ one by one would
// take a start a third of its time. Types are checked by `npm run check`.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where the programs are written: a folder can be given as the only argument. */
const outdir = process.argv[2] ?? join(root, 'dist');
const programs = ['main', 'make-snapshot', 'rotate-keys', 'release-store', 'audit-verify'];

// Those of an earlier build have other names.
rmSync(join(outdir, 'shared'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: programs.map((name) => `src/${name}.ts`),
  outdir,
  bundle: true,
  splitting: true,
  chunkNames: 'shared/[name]-[hash]',
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});
