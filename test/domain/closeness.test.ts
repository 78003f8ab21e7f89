// Which commands are suggested for a word that is none: near ones, best first, and none for a word that resembles nothing.
import { describe, expect, it } from 'vitest';
import { nearestWords } from '../../src/lib/closest-match.ts';

const commands = ['help', 'add', 'list', 'show', 'connect', 'transaction'];

describe('nearestWords', () => {
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
    expect(nearestWords(typed, commands)).toEqual(nearest);
  });

  it('puts the nearest first and equals by name', () => {
    expect(nearestWords('roles', ['rules', 'roles', 'poles'])).toEqual(['roles', 'poles', 'rules']);
  });

  it('puts a word with which the typed one begins before one that is as near', () => {
    expect(nearestWords('adding', ['admins', 'add'])).toEqual(['add', 'admins']);
  });

  it('puts a word whose letters were only mixed up before one that is as near', () => {
    expect(nearestWords('lsit', ['edit', 'list'])).toEqual(['list', 'edit']);
  });

  it('gives no more than are asked for', () => {
    expect(nearestWords('rol', ['role', 'rolf', 'roll', 'rolo'])).toHaveLength(3);
    expect(nearestWords('rol', ['role', 'rolf', 'roll', 'rolo'], 1)).toEqual(['role']);
  });
});
