// Where a location goes, what is typed to change that, and what of a list of network devices may change while it is used.
import { describe, expect, it } from 'vitest';
import { checkDeviceList, readTyped, replacedDevices } from '../../src/sites/device-lists/device-list-rules.ts';
import { readMappingAct, textProblem } from '../../src/sites/mappings/mapping-rules.ts';
import { placementOf, planKey } from '../../src/sites/placement.ts';

const home = { id: 'acme', path: '/provider/acme/' };
const mapping = (text: string, nodeId: string, above = home.path) => ({
  ...{ text, searchText: text.toLowerCase(), nodeId },
  nodePath: `${above}${nodeId}/`,
});

describe('a location', () => {
  it.each([
    ['without a mapping', 'Detroit Plant', [], 'acme', null],
    ['whose name a mapping fits', 'Detroit Plant', [mapping('detroit', 'north')], 'north', 'detroit'],
    ['whatever the case', 'DETROIT plant', [mapping('detroit', 'north')], 'north', 'detroit'],
    ['whatever the accents', 'Zürich West', [mapping('zurich', 'north')], 'north', 'zurich'],
    ['in the middle of a word', 'Südetroitland', [mapping('detroit', 'north')], 'north', 'detroit'],
    ['of two the longer one', 'Detroit Plant', [mapping('plant', 'a'), mapping('detroit', 'b')], 'b', 'detroit'],
    ['of no mapping that fits', 'Toronto', [mapping('detroit', 'north')], 'acme', null],
    ['of two of one length that agree', 'Abcd Efgh', [mapping('abcd', 'a'), mapping('efgh', 'a')], 'a', 'abcd'],
    [
      'of a mapping whose node stands elsewhere by now',
      'Detroit Plant',
      [mapping('detroit', 'north', '/provider/other/')],
      'acme',
      null,
    ],
  ])('%s', (_which, name, mappings, nodeId, by) => {
    expect(placementOf(name, { mappings, home })).toMatchObject({ nodeId, by, torn: [] });
  });

  it('stays at home where mappings of one length disagree, and says which', () => {
    const mappings = [mapping('abcd', 'a'), mapping('efgh', 'b'), mapping('ab', 'c')];
    expect(placementOf('Abcd Efgh', { mappings, home })).toMatchObject({
      nodeId: 'acme',
      by: null,
      torn: ['abcd', 'efgh'],
    });
  });
});

it('tells plans apart, whatever their order', () => {
  const [one, other] = [
    { locationId: '1', nodeId: 'a' },
    { locationId: '2', nodeId: 'b' },
  ];
  expect(planKey([one, other])).toBe(planKey([other, one]));
  expect(planKey([one, other])).not.toBe(planKey([one, { ...other, nodeId: 'a' }]));
  expect(planKey([one])).not.toBe(planKey([]));
});

describe('what is typed behind mappings', () => {
  it.each([
    ['', { act: 'show', named: '' }],
    ['acme', { act: 'show', named: 'acme' }],
    ['add detroit to North', { act: 'add', text: 'detroit', node: 'North' }],
    ['Add “road to nowhere” to Acme / North', { act: 'add', text: 'road to nowhere', node: 'Acme / North' }],
    ['change detroit to South', { act: 'change', text: 'detroit', node: 'South' }],
    ['remove "detroit"', { act: 'remove', text: 'detroit' }],
    ['add detroit', { act: 'how', verb: 'add' }],
    ['change', { act: 'how', verb: 'change' }],
    ['remove', { act: 'how', verb: 'remove' }],
  ])('“%s”', (typed, act) => {
    expect(readMappingAct(typed)).toEqual(act);
  });

  it.each([
    ['detroit', undefined],
    ['  ', 'Type a text that stands in the names of locations.'],
    ['\u200b', 'Type a text that stands in the names of locations.'],
    ['x'.repeat(101), 'Shorten the text to 100 characters.'],
  ])('“%s” as a text', (text, problem) => {
    expect(textProblem(text)).toBe(problem);
  });
});

describe('a list of network devices', () => {
  const blank = { name: 'Acme NDL', description: null, organizationId: null, cucm: null, cuc: null };

  it.each([
    ['filled in', blank, { ...blank, cucm: 'cucm-1', description: 'new' }, []],
    ['renamed', { ...blank, cucm: 'cucm-1' }, { ...blank, name: 'Other', cucm: 'cucm-1' }, []],
    ['with another device', { ...blank, cucm: 'cucm-1' }, { ...blank, cucm: 'cucm-2' }, ['cucm']],
    ['without a device', { ...blank, cuc: 'cuc-1', cucm: 'cucm-1' }, blank, ['cucm', 'cuc']],
  ])('%s', (_how, before, after, replaced) => {
    expect(replacedDevices(before, after)).toEqual(replaced);
  });

  it('is checked field by field', () => {
    expect(checkDeviceList(readTyped({ name: ' ', description: 'x'.repeat(501), cucm: 3 }))).toEqual({
      problems: { name: 'Type a name.', description: 'Shorten it to 500 characters.' },
    });
    expect(checkDeviceList(readTyped({ name: 'A', organization: 'none', cuc: 'cuc-1' }))).toEqual({
      values: { ...blank, name: 'A', cuc: 'cuc-1' },
    });
  });
});
