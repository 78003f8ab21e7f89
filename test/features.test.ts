// Holds what the features declare together.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { queues } from '../src/features.ts';

/** The names of an interface's members, wherever under src it is declared. */
function membersOf(name: string): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => membersIn(parseAst(readFileSync(join('src', path), 'utf8'), { lang: 'ts' }), name));
}

function membersIn(node: unknown, name: string): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => membersIn(each, name));
  if (typeof node !== 'object' || node === null) return [];
  const { type, id, body } = node as { type?: string; id?: { name?: string }; body?: { body: Member[] } };
  if (type === 'TSInterfaceDeclaration' && id?.name === name) {
    return (body?.body ?? []).map(({ key }) => key.name ?? String(key.value));
  }
  return Object.values(node).flatMap((each) => membersIn(each, name));
}

interface Member {
  key: { name?: string; value?: unknown };
}

describe('the queues of jobs', () => {
  it('are each declared by one subject, with what runs their jobs', () => {
    const declared = queues.map(({ name }) => name).toSorted();
    expect(declared).toEqual([...new Set(declared)]);
    expect(declared).toEqual(membersOf('JobData').toSorted());
  });
});
