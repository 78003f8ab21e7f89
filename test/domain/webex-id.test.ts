import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWebexId, encodeWebexId, organizationUuid, parseOrganizationNumber } from '../../src/webex/ids.ts';

const uuid = '96abc2aa-3dcc-11e5-a152-fe34819cdc9a';
/** From Webex's OpenAPI examples. */
const webexId = 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi85NmFiYzJhYS0zZGNjLTExZTUtYTE1Mi1mZTM0ODE5Y2RjOWE';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('Webex ids', () => {
  it('encodes as Webex does', () => {
    expect(encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: uuid })).toBe(webexId);
  });

  it('decodes what it encodes, in either alphabet, padded or not', () => {
    const part = fc.stringMatching(/^[!-.0-~¡-ÿ]{1,40}$/);
    fc.assert(
      fc.property(part, fc.stringMatching(/^[A-Z_]{1,20}$/), part, (cluster, kind, value) => {
        const id = { cluster, kind, value };
        const encoded = encodeWebexId(id);
        const padded = base64(`ciscospark://${cluster}/${kind}/${value}`);
        expect(decodeWebexId(encoded)).toEqual(id);
        expect(decodeWebexId(padded)).toEqual(id);
      }),
    );
  });

  it('finds no id in arbitrary text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeWebexId(text)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['the canonical id', webexId, uuid],
    ['padding', base64(`ciscospark://us/ORGANIZATION/${uuid}`), uuid],
    ['another cluster', base64(`ciscospark://urn:TEAM:eu-central-1_k/ORGANIZATION/${uuid}`), uuid],
    ['mixed case', base64(`ciscospark://us/Organization/${uuid.toUpperCase()}`), uuid],
    ['a person', base64(`ciscospark://us/PEOPLE/${uuid}`), undefined],
    ['no UUID', base64('ciscospark://us/ORGANIZATION/consumer'), undefined],
    ['no id', 'hello', undefined],
  ])('reads an organization UUID from %s', (_, id, expected) => {
    expect(organizationUuid(id)).toBe(expected);
  });

  it('compares organizations by their UUID alone', () => {
    const elsewhere = base64(`ciscospark://eu/Organization/${uuid.toUpperCase()}`);
    expect(organizationUuid(elsewhere)).toBe(organizationUuid(webexId));
  });
});

describe('an organization number that a person typed', () => {
  it.each([
    ['in braces', `{${uuid.toUpperCase()}}`],
    ['in other brackets and quotation marks', `“(<${uuid}>)”.`],
    ['with hyphens that do not break', uuid.replaceAll('-', '\u2011')],
    ['with dashes and a minus sign', uuid.replace('-', '–').replace('-', '−')],
    ['without hyphens', uuid.replaceAll('-', '')],
    ['between invisible characters', `\ufeff\u200b${uuid}\u200e\u2060`],
    ['with invisible characters inside', uuid.split('-').join('-\u200b')],
    ['in an address of Control Hub', `https://admin.webex.com/customers/${uuid}/overview`],
    ['in an address without its scheme', `admin.webex.com/account?orgId=${uuid}#top`],
    [
      'beside a person in an address',
      `https://admin.webex.com/orgs/${uuid}/users/0f2e9a54-3dcc-11e5-a152-000000000001`,
    ],
    ['in an address of the API', `https://webexapis.com/v1/organizations/${webexId}`],
    ['in a query of the API', `<https://webexapis.com/v1/licenses?orgId=${webexId}&max=1>`],
    ['the API’s id in quotation marks', `"${webexId}"`],
    ['as Webex’s own address of it', `ciscospark://us/ORGANIZATION/${uuid}`],
  ])('T1: is understood %s', (_, text) => {
    expect(parseOrganizationNumber(text)).toEqual({ uuid, webexId });
  });

  it.each([
    [
      'an address of two organizations',
      `https://admin.webex.com/orgs/${uuid}?orgId=0f2e9a54-3dcc-11e5-a152-000000000001`,
    ],
    ['an address of none', 'https://admin.webex.com/customers'],
    ['a sentence with a number', `Acme has ${uuid}`],
    ['two numbers', `${uuid} ${uuid}`],
  ])('T1: is not guessed from %s', (_, text) => {
    expect(parseOrganizationNumber(text)).toHaveProperty('problem');
  });

  it.each([
    ['a UUID', uuid],
    ['upper case and spaces', `  ${uuid.toUpperCase()}\n`],
    ['the API id', ` ${webexId} `],
    ['the API id, padded', base64(`ciscospark://us/ORGANIZATION/${uuid}`)],
  ])('takes %s', (_, text) => {
    expect(parseOrganizationNumber(text)).toEqual({ uuid, webexId });
  });

  it('keeps the cluster of an id', () => {
    const id = encodeWebexId({ cluster: 'eu', kind: 'ORGANIZATION', value: uuid });
    expect(parseOrganizationNumber(id)).toEqual({ uuid, webexId: id });
  });

  it.each([
    ['nothing', '   ', 'The organization number is missing.'],
    ['a word', 'Acme', 'This is no organization number: it looks like 000fd0e4-83ef-d398-be23-d06998580fed.'],
    ['a UUID cut short', uuid.slice(0, -1), 'This is no organization number'],
    [
      'a person id',
      encodeWebexId({ cluster: 'us', kind: 'PEOPLE', value: uuid }),
      'This is the id of a person, not of',
    ],
    ['a room id', encodeWebexId({ cluster: 'us', kind: 'ROOM', value: uuid }), 'another thing (room), not of'],
    ['a damaged id', encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: 'x' }), 'there is no UUID inside'],
  ])('says what is wrong with %s, and the cure', (_, text, problem) => {
    const result = parseOrganizationNumber(text);
    expect(result).toHaveProperty('problem', expect.stringContaining(problem));
    expect(result).toHaveProperty('problem', expect.stringContaining('In Control Hub, open Account and copy'));
  });

  it('survives whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseOrganizationNumber(text)).toHaveProperty('problem');
      }),
    );
  });
});
