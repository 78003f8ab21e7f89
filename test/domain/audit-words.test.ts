import { describe, expect, it } from 'vitest';
import { actWords, changeWords, readAuditArgument } from '../../src/overview/audit-words.ts';

describe('what is typed behind audit', () => {
  it.each([
    ['', false, '', undefined],
    ['30', false, '', 30],
    ['30 days', false, '', 30],
    ['acme', false, 'acme', undefined],
    ['Acme Robotics 30', false, 'Acme Robotics', 30],
    ['Acme Robotics 30 days', false, 'Acme Robotics', 30],
    ['ada@meridian.example 7', false, 'ada@meridian.example', 7],
    ['Studio54', false, 'Studio54', undefined],
    ['export', true, '', undefined],
    ['EXPORT 90', true, '', 90],
    ['export Acme Robotics 90', true, 'Acme Robotics', 90],
    ['exports of wine', false, 'exports of wine', undefined],
  ])('“%s”', (argument, isExport, named, days) => {
    expect(readAuditArgument(argument)).toEqual({ isExport, named, days });
  });
});

it('an act reads as a sentence’s beginning', () => {
  expect(actWords('connect_link.shown')).toBe('Connect link shown');
});

describe('what changed reads', () => {
  it.each([
    [null, null, ''],
    ['{"name":"Acme"}', '{"name":"Acme Robotics"}', 'name: Acme → Acme Robotics'],
    ['{"notes":null}', '{"notes":"Call Carol","sync":true}', 'notes: (none) → Call Carol; sync: true'],
    ['{"authorizedBy":"carol@acme.example"}', null, 'authorizedBy: carol@acme.example'],
    [null, '{"scopes":["a","b"]}', 'scopes: ["a","b"]'],
    [null, '{"notes":"one\\ntwo"}', 'notes: one two'],
  ])('%s to %s', (before, after, words) => {
    expect(changeWords({ before, after })).toBe(words);
  });
});
