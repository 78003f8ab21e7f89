// Keeps a world in a file over restarts: written soon after each change, whole or not at all, so that a killed process loses moments.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { initialSwitches } from './initial-switches.ts';
import { integrationScopes } from './scopes.ts';
import { seedServices } from './seed.ts';
import type { World } from './world.ts';

/** Changes that come within this time share one write. */
const WRITE_DELAY_MS = 100;

export interface Store {
  /** Writes the world soon. */
  changed(): void;
  /** Writes what is not yet written; rejects where the file cannot be written. */
  flush(): Promise<void>;
}

/**
 * The world in `file`, or undefined where there is none yet; tables, switches and scopes that an earlier version did not have are added. Throws on a file that
 * is not a world of this version.
 */
export async function readWorld(file: string): Promise<World | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const stored: Record<string, unknown> = JSON.parse(text);
  if (stored['version'] !== 1) {
    throw new Error(`${file} is not a simulator world that this version can read; delete it to start with a new one`);
  }
  const tables = Object.entries(stored).map(([key, value]) => [key, isTable(value) ? new Map(value.entries) : value]);
  const world: World = Object.fromEntries(tables);
  const switches = { ...initialSwitches, ...world.switches };
  const integration = { ...world.integration, scopes: [...integrationScopes] };
  return { ...seedServices([...world.organizations.values()]), ...world, switches, integration };
}

/** The world as JSON text; its tables, which are maps, become lists of pairs. */
function serialize(world: World): string {
  const tables = Object.entries(world).map(([key, value]) => [
    key,
    value instanceof Map ? { entries: [...value] } : value,
  ]);
  return JSON.stringify(Object.fromEntries(tables));
}

/** A store that writes `world` to `file`; without a file it keeps nothing. */
export function createStore(world: World, file: string | undefined): Store {
  let timer: NodeJS.Timeout | undefined;
  let dirty = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(target: string): Promise<void> {
    if (!dirty) return;
    dirty = false;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.new`, serialize(world), { mode: 0o600 });
    await rename(`${target}.new`, target);
  }

  function enqueue(target: string): Promise<void> {
    const next = writing.then(() => write(target));
    writing = next.catch((error: unknown) => {
      // The next change tries again, and stop() reports it if it still fails then.
      dirty = true;
      process.emitWarning(`The simulator could not write ${target}: ${String(error)}`);
    });
    return next;
  }

  return {
    changed() {
      if (file === undefined) return;
      dirty = true;
      timer ??= setTimeout(() => {
        timer = undefined;
        enqueue(file).catch(() => undefined);
      }, WRITE_DELAY_MS);
    },
    async flush() {
      clearTimeout(timer);
      timer = undefined;
      if (file !== undefined) await enqueue(file);
    },
  };
}

function isTable(value: unknown): value is { entries: [string, unknown][] } {
  return typeof value === 'object' && value !== null && 'entries' in value && Array.isArray(value.entries);
}
