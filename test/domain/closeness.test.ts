// Which commands are suggested for a word that is none: near ones, best first, and none for a word that resembles nothing.
import { describe, expect, it } from 'vitest';
import { closestMatches } from '../../src/lib/closest-match.ts';

const commands = ['help', 'add', 'list', 'show', 'connect', 'transaction'];

describe('closestMatches', () => {
  it.each([
    ['lsit', ['list']],
    ['LIST', ['list']],
    ['lists', ['list']],
    ['l', []],
    ['li', ['list']],
    ['ad', ['add']],
    ['adding', ['add']],
    ['hlep', ['help']],
    ['conect', ['connect']],
    ['connection', ['connect']],
    ['disconnect', ['connect']],
    ['trans', ['transaction']],
    ['transactoin', ['transaction']],
    ['shwo', ['show']],
    ['slow', ['show']],
    ['xyzzy', []],
    ['', []],
    ['x'.repeat(5000), []],
  ])('"%s" -> %j', (typed, nearest) => {
    expect(closestMatches(typed, commands)).toEqual(nearest);
  });

  it('puts the nearest first and equals by name', () => {
    expect(closestMatches('roles', ['rules', 'roles', 'poles'])).toEqual(['roles', 'poles', 'rules']);
  });

  it('puts a word with which the typed one begins before one that is as near', () => {
    expect(closestMatches('adding', ['admins', 'add'])).toEqual(['add', 'admins']);
  });

  it('puts a word whose letters were only mixed up before one that is as near', () => {
    expect(closestMatches('lsit', ['edit', 'list'])).toEqual(['list', 'edit']);
  });

  it('gives no more than are asked for', () => {
    expect(closestMatches('rol', ['role', 'rolf', 'roll', 'rolo'])).toHaveLength(3);
    expect(closestMatches('rol', ['role', 'rolf', 'roll', 'rolo'], 1)).toEqual(['role']);
  });
});
