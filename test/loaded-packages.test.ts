// Which packages a start of the service loads, which it loads later, and which it never does: read from the imports that lead away from src/main.ts.

import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

type When = 'start' | 'later';

interface Edge {
  to: string;
  when: When;
}

interface Node {
  type?: string;
  importKind?: string;
  exportKind?: string;
  source?: { value?: unknown };
  callee?: { name?: string; object?: { name?: string } };
  arguments?: { value?: unknown; quasis?: { value: { cooked: string } }[] }[];
}

/** What a file loads when it is loaded (`start`), and what its functions load (`later`): `import()`, `require()` and `require.resolve()`. */
function edgesIn(node: unknown): Edge[] {
  if (Array.isArray(node)) return node.flatMap(edgesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, importKind, exportKind, source, callee, arguments: given } = node as Node;
  const below = Object.values(node).flatMap(edgesIn);
  // Erased by the compiler, as is `import('…')` in a type.
  if (importKind === 'type' || exportKind === 'type' || type === 'TSImportType') return [];
  if (typeof source?.value === 'string') {
    return [...below, { to: source.value, when: type === 'ImportExpression' ? 'later' : 'start' }];
  }
  if (callee?.name === 'require' || callee?.object?.name === 'require') {
    const to = given?.[0]?.value ?? given?.[0]?.quasis?.[0]?.value.cooked;
    return [...below, { to: String(to), when: 'later' }];
  }
  return below;
}

const isPackage = (name: string) => !name.startsWith('node:') && !builtinModules.includes(name);
const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** The packages that are loaded from `file` on, and when at the earliest. Folders in `without` are not entered. */
function reach(file: string, without: string[] = []): { start: string[]; later: string[] } {
  const files = new Map<string, When>();
  const packages = new Map<string, When>();
  function visit(path: string, when: When): void {
    if (files.get(path) === 'start' || files.get(path) === when) return;
    files.set(path, when);
    for (const edge of edgesIn(parseAst(readFileSync(path, 'utf8'), { lang: 'ts' }))) {
      const then = when === 'later' ? 'later' : edge.when;
      const to = normalize(join(dirname(path), edge.to));
      if (edge.to.startsWith('.')) {
        if (!without.some((folder) => to.startsWith(`${folder}/`))) visit(to, then);
      } else if (isPackage(edge.to) && packages.get(packageOf(edge.to)) !== 'start') {
        packages.set(packageOf(edge.to), then);
      }
    }
  }
  visit(file, 'start');
  const loaded = (wanted: When) => [...packages].flatMap(([name, when]) => (when === wanted ? [name] : [])).sort();
  return { start: loaded('start'), later: loaded('later') };
}

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the service without the demo', () => {
  const service = reach('src/main.ts', ['src/simulator']);

  it('loads heavy packages only when they are needed, and nothing that only the simulator needs', () => {
    expect(service.later).toEqual([
      '@electric-sql/pglite',
      '@resvg/resvg-js',
      'dejavu-fonts-ttf',
      'postgres',
      'vega',
      'vega-lite',
      'webex-node-bot-framework',
    ]);
    for (const name of ['adaptivecards', 'markdown-it', ...service.later]) expect(service.start).not.toContain(name);
  });

  it('loads every dependency of a production install, and no other package', () => {
    expect([...service.start, ...service.later].sort()).toEqual(Object.keys(dependencies).sort());
  });
});

describe('the simulator', () => {
  it('is loaded by the demo alone', () => {
    const demo = reach('src/main.ts');
    expect(demo.start).toEqual(reach('src/main.ts', ['src/simulator']).start);
    expect(demo.later).toEqual(expect.arrayContaining(['adaptivecards', 'markdown-it']));
  });

  it('needs no package that a normal clone does not have', () => {
    const { start, later } = reach('src/simulator/simulator.ts');
    const missing = [...start, ...later].filter((name) => !(name in dependencies || name in devDependencies));
    expect(missing).toEqual([]);
  });
});
