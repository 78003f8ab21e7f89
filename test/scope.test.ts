// Holds that nobody is shown what is out of scope: each query that a command, an action, a form or a lookup makes takes a scope, or stands here with a reason.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

/** Queries that take no scope, and why. */
const unscoped: Readonly<Record<string, string>> = {
  saveLastList: 'notes in that space what has just been listed, in scope',
  saveReadAlong: 'notes in that space who may read along',
  settingsOfOrganization: 'reads what counts for an organization that was found in scope',
  connectionsOf: 'reads how organizations are held that were found in scope',
  chainOf: 'reads the levels above a node or space that was found in scope',
};

interface Node {
  type?: string;
  name?: string;
  [key: string]: unknown;
}

const read = (path: string) =>
  (parseAst(readFileSync(join('src', path), 'utf8'), { lang: 'ts' }) as unknown as { body: Node[] }).body;

/** What a file imports of stores, but for types: where each query stands, and its name. */
function queriesOf(path: string): { store: string; query: string }[] {
  return read(path).flatMap((node) => {
    const { value: from } = (node['source'] ?? {}) as { value?: string };
    if (node.type !== 'ImportDeclaration' || node['importKind'] === 'type' || !from?.endsWith('.store.ts')) return [];
    const specifiers = node['specifiers'] as { importKind?: string; imported: { name: string } }[];
    return specifiers
      .filter(({ importKind }) => importKind !== 'type')
      .map(({ imported }) => ({ store: normalize(join(dirname(path), from)), query: imported.name }));
  });
}

/** The parameters of a function that a store exports; undefined where it exports none of that name. */
function parametersOf({ store, query }: { store: string; query: string }): unknown {
  for (const { declaration } of read(store) as { declaration?: Node }[]) {
    if ((declaration?.['id'] as Node | undefined)?.name === query) return declaration?.['params'];
    const constants = (declaration?.['declarations'] ?? []) as { id: Node; init: Node }[];
    const found = constants.find(({ id }) => id.name === query);
    if (found) return found.init['params'];
  }
  return undefined;
}

/** Whether a parameter is called `scope`, alone or in what is taken apart; a type that holds one counts for nothing. */
function takesScope(parameters: unknown): boolean {
  if (Array.isArray(parameters)) return parameters.some(takesScope);
  const { type, name, properties } = parameters as Node;
  if (type === 'Identifier') return name === 'scope';
  return type === 'ObjectPattern' && (properties as { key?: Node }[]).some(({ key }) => key?.name === 'scope');
}

const doors = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.(command|action|form|lookup)\.ts$/.test(path) && !path.startsWith('simulator/'),
);
const asked = doors.flatMap(queriesOf);

describe('what is asked of the store for a person', () => {
  it('is found at every door', () => {
    expect(asked.map(({ query }) => query)).toEqual(
      expect.arrayContaining(['listOrganizations', 'searchOrganizations', 'findOrganizationInScope', 'grantsOf']),
    );
    expect(asked.filter((one) => parametersOf(one) === undefined)).toEqual([]);
  });

  it('takes a scope', () => {
    const open = asked.filter((one) => !takesScope(parametersOf(one))).map(({ query }) => query);
    expect([...new Set(open)].toSorted()).toEqual(Object.keys(unscoped).toSorted());
  });
});
