// Holds the order of the house, over every file under src, type imports included.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

/** From the top down: what stands in a line may import what stands in the lines below it, and nothing beside or above it. */
const order = [
  'main  make-snapshot  rotate-keys  release-store  audit-verify',
  'demo-clock',
  'app  store-command',
  'wiring',
  'app-options  registry',
  'features',
  'operations',
  'transfer',
  'overview',
  'discovery',
  'sites',
  'deadlines  directory  people',
  'connections',
  'organizations',
  'spaces',
  'settings',
  'transactions',
  'customers',
  'notices',
  'chat',
  'http',
  'audit',
  'webex  db',
  'lib',
  'demo-secrets',
  'config  log',
];

/**
 * Inside a subject, from the top down. The end of a file's name says its layer. Without one it is a use case where it comes by a store, else a rule; both
 * a table and a rule may name the other.
 */
const layers = [
  'feature',
  'command  action  form  lookup  route  job  render  workflow',
  'view',
  'use case',
  'store',
  'schema  rule  notice',
];

/** Types by which subjects and registry know each other: the one is imported by each subject's `feature.ts`, the other by whoever is given all parts. */
const shapes = ['feature.ts', 'parts.ts'];

/** Tables refer to each other: anybody may name another subject's. */
const isSchema = (path: string): boolean => path.endsWith('.schema.ts');

const rankIn = (lines: readonly string[]): ReadonlyMap<string, number> =>
  new Map(lines.flatMap((line, rank) => line.split('  ').map((name) => [name, rank] as const)));

const roomRank = rankIn(order);
const layerRank = rankIn(layers);

interface Import {
  /** The imported file, relative to src. */
  to: string;
  /** As written. */
  text: string;
  reExported: boolean;
}

interface SourceFile {
  path: string;
  /** Without the line that lets a shell run the file. */
  firstLine: string;
  lines: number;
  imports: Import[];
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map(readSource);

function readSource(path: string): SourceFile {
  const text = readFileSync(join('src', path), 'utf8');
  const imports = importsIn(parseAst(text, { lang: 'ts' }))
    .filter(({ text }) => text.startsWith('.'))
    .map((found) => ({ ...found, to: normalize(join(dirname(path), found.text)) }));
  const firstLine = text.replace(/^#!.*\n/, '').split('\n', 1)[0] ?? '';
  return { path, firstLine, lines: text.split('\n').length - 1, imports };
}

/** Every place that names another module: import and export declarations, `import()`, and `import('…')` in a type. */
function importsIn(node: unknown): Omit<Import, 'to'>[] {
  if (Array.isArray(node)) return node.flatMap(importsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, source } = node as { type?: string; source?: { value?: unknown } };
  const below = Object.values(node).flatMap(importsIn);
  if (typeof source?.value !== 'string') return below;
  return [...below, { text: source.value, reExported: type?.startsWith('Export') ?? false }];
}

const roomOf = (path: string): string => (path.split('/', 1)[0] ?? '').replace(/\.ts$/, '');

/** The subjects are what the features stand for. */
const subjects = new Set(files.filter(({ path }) => /^[^/]+\/feature\.ts$/.test(path)).map(({ path }) => roomOf(path)));

const byPath = new Map(files.map((file) => [file.path, file]));

function layerOf({ path, imports }: SourceFile): string {
  const [, ending] = basename(path, '.ts').split('.');
  if (ending !== undefined && layerRank.has(ending)) return ending;
  if (/(^|\/)feature\.ts$/.test(path)) return 'feature';
  const isUseCase = imports.some(({ to }) => {
    const other = byPath.get(to);
    return to.endsWith('.store.ts') || (other && roomOf(to) === roomOf(path) && layerOf(other) === 'use case');
  });
  return isUseCase ? 'use case' : 'rule';
}

function findCycle(): string[] | undefined {
  const graph = new Map(files.map(({ path, imports }) => [path, imports.map(({ to }) => to)]));
  const done = new Set<string>();
  function visit(path: string, trail: string[]): string[] | undefined {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  }
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe('the imports under src', () => {
  it('are found in every form', () => {
    const source = `
      import type { A } from './a.ts';
      import { b } from './b.ts';
      export { c } from './c.ts';
      const d = await import('./d.ts');
      type E = import('./e.ts').E;`;
    expect(importsIn(parseAst(source, { lang: 'ts' }))).toEqual([
      { text: './a.ts', reExported: false },
      { text: './b.ts', reExported: false },
      { text: './c.ts', reExported: true },
      { text: './d.ts', reExported: false },
      { text: './e.ts', reExported: false },
    ]);
  });

  it('go down the order of subjects', () => {
    const upwards = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => {
          const from = roomOf(path);
          if (from === roomOf(to) || from === 'simulator' || isSchema(to)) return false;
          if (shapes.includes(path) || shapes.includes(to)) return false;
          // Only the process's edge knows the simulator.
          if (roomOf(to) === 'simulator') return from !== 'main';
          return (roomRank.get(roomOf(to)) ?? -1) <= (roomRank.get(from) ?? Number.POSITIVE_INFINITY);
        })
        .map(({ to }) => `${path} imports ${to}`),
    );
    expect(upwards).toEqual([]);
  });

  it('go down the layers inside a subject', () => {
    const upwards = files
      .filter(({ path }) => subjects.has(roomOf(path)))
      .flatMap((file) =>
        file.imports
          .flatMap(({ to }) => byPath.get(to) ?? [])
          .filter((other) => roomOf(other.path) === roomOf(file.path))
          .filter((other) => (layerRank.get(layerOf(other)) ?? 0) < (layerRank.get(layerOf(file)) ?? 0))
          .map((other) => `${file.path} (${layerOf(file)}) imports ${other.path} (${layerOf(other)})`),
      );
    expect(upwards).toEqual([]);
  });

  it('keep the simulator apart: it shares no code with the rest', () => {
    const shared = files
      .filter(({ path }) => roomOf(path) === 'simulator')
      .flatMap(({ path, imports }) =>
        imports.filter(({ to }) => roomOf(to) !== 'simulator').map(({ to }) => `${path} imports ${to}`),
      );
    expect(shared).toEqual([]);
  });

  it('name the shape of a feature in `feature.ts` alone', () => {
    const others = files.filter(
      ({ path, imports }) =>
        imports.some(({ to }) => to === 'feature.ts') && !/(^|\/)(feature|features|registry|wiring)\.ts$/.test(path),
    );
    expect(others.map(({ path }) => path)).toEqual([]);
  });

  it('stay inside src and name existing files by their ending', () => {
    const paths = new Set(files.map(({ path }) => path));
    const lost = files.flatMap(({ path, imports }) =>
      imports.filter(({ to }) => !paths.has(to)).map(({ text }) => `${path} imports ${text}`),
    );
    expect(lost).toEqual([]);
  });

  it('have no cycle', () => {
    expect(findCycle()).toBeUndefined();
  });

  it('lead to where a thing is made: nothing is exported a second time', () => {
    const barrels = files.filter(({ path, imports }) => /\bindex\.ts$/.test(path) || imports.some((i) => i.reExported));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });
});

describe('every file under src', () => {
  it('begins with a comment that says what it is for', () => {
    const silent = files.filter(({ path, firstLine }) => !firstLine.startsWith('// ') && !path.endsWith('.d.ts'));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('stands in a room that the order knows', () => {
    const known = [...roomRank.keys(), 'simulator', ...shapes.map(roomOf)];
    expect(files.map(({ path }) => roomOf(path)).filter((room) => !known.includes(room))).toEqual([]);
  });

  it('has at most 300 lines, and half of them at most 70', () => {
    expect(files.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
    const sorted = files.map(({ lines }) => lines).toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(70);
  });
});
