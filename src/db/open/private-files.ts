// The embedded database's files, for their owner alone. PGlite gives each file it makes the mode 0666, whatever the process's umask says.

import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';

const othersRights = 0o077;

/** What emscripten sets of a file; `mode` is absent where it stays. */
interface Attributes {
  mode?: number | null;
}

/** The part of emscripten's file system (its `library_nodefs.js`) that each change of a file's attributes passes. */
interface NodeFiles {
  doSetAttr(path: unknown, node: unknown, attributes: Attributes, ...calls: unknown[]): void;
}

/** PGlite's own file system on a folder, which gives others no rights. */
export class PrivateFiles extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...given);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [keepPrivate, ...[emscriptenOpts.preRun ?? []].flat()] } };
  }
}

function keepPrivate(module: object): void {
  const { NODEFS: files } = module as { NODEFS: NodeFiles };
  const setAttributes = files.doSetAttr;
  files.doSetAttr = (path, node, attributes, ...calls) => {
    const { mode } = attributes;
    const kept = mode === undefined || mode === null ? attributes : { ...attributes, mode: mode & ~othersRights };
    setAttributes(path, node, kept, ...calls);
  };
}

/** Takes others' rights from the files that an earlier version has made. The version file goes last: it stands for all. */
export async function closeToOthers(folder: string): Promise<void> {
  const last = join(folder, 'PG_VERSION');
  if (((await stat(last)).mode & othersRights) === 0) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (path === last) continue;
    if (entry.isFile()) await chmod(path, 0o600);
    else if (entry.isDirectory()) await chmod(path, 0o700);
  }
  await chmod(last, 0o600);
}
