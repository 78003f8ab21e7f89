// Holds the order of the house, over every file under src, type imports included.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

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
  return { path, firstLine: text.replace(/^#!.*\n/, '').split('\n', 1)[0] ?? '', imports };
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
});
