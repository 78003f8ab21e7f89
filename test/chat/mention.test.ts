// The mention of the bot goes, wherever it stands and however it is spelled; everything else that was typed stays.
import { describe, expect, it } from 'vitest';
import { withoutMention } from '../../src/chat/mention.ts';

const bot = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ib3Q';
const tag = (name: string, id = bot) =>
  `<spark-mention data-object-type="person" data-object-id="${id}">${name}</spark-mention>`;

describe('withoutMention', () => {
  it.each([
    ['first', 'Hubkeeper list', `<p>${tag('Hubkeeper')} list</p>`, 'list'],
    ['last', 'list Hubkeeper', `<p>list ${tag('Hubkeeper')}</p>`, 'list '],
    ['in the middle', 'show Hubkeeper acme', `<p>show ${tag('Hubkeeper')} acme</p>`, 'show  acme'],
    ['twice', 'Hubkeeper list Hubkeeper', `${tag('Hubkeeper')} list ${tag('Hubkeeper')}`, 'list '],
    ['with a comma behind it', 'Hubkeeper, list', `${tag('Hubkeeper')}, list`, 'list'],
    ['alone', 'Hubkeeper', tag('Hubkeeper'), ''],
    ['escaped for HTML', 'Hub & "Keeper" list', `${tag('Hub &amp; &quot;Keeper&quot;')} list`, 'list'],
    ['escaped by number', "Hub's list", `${tag('Hub&#39;s')} list`, 'list'],
    ['escaped by hexadecimal number', "Hub's list", `${tag('Hub&#x27;s')} list`, 'list'],
    ['with markup inside', 'Hub list', `${tag('<b>Hub</b>')} list`, 'list'],
    ['behind the same word typed', 'show Hub Labs Hub', `show Hub Labs ${tag('Hub')}`, 'show Hub Labs '],
    ['before the same word typed', 'Hub show Hub Labs', `${tag('Hub')} show Hub Labs`, 'show Hub Labs'],
    ['behind a word that HTML escapes', 'show A&B Hub', `show A&amp;B ${tag('Hub')}`, 'show A&B '],
  ])('%s', (_where, text, html, rest) => {
    expect(withoutMention({ text, html }, bot)).toBe(rest);
  });

  it.each([
    ['a mention of somebody else stays', 'Ada list', tag('Ada', 'somebody-else')],
    ['so does a typed name', 'Hubkeeper list', '<p>Hubkeeper list</p>'],
    ['and a mention without a name', ' list', `${tag('')} list`],
    ['and an impossible character reference', '&#9999999; list', `${tag('&#9999999;x')} list`],
    ['and text without html', ', list', undefined],
  ])('%s', (_what, text, html) => {
    expect(withoutMention(html === undefined ? { text } : { text, html }, bot)).toBe(text);
  });
});

describe('T3: a mention in any spelling of its tag', () => {
  const uuid = '0a1b2c3d-4e5f-6789-abcd-ef0123456789';
  const apiId = (cluster: string, value = uuid) => Buffer.from(`ciscospark://${cluster}/PEOPLE/${value}`);
  const ours = apiId('us').toString('base64url');
  const other = 'ffffffff-4e5f-6789-abcd-ef0123456789';

  it.each([
    ['a bare UUID', `data-object-type="person" data-object-id="${uuid}"`],
    ['a UUID in capitals', `data-object-id="${uuid.toUpperCase()}"`],
    ['single quotes', `data-object-type='person' data-object-id='${ours}'`],
    ['no quotes', `data-object-id=${uuid} data-object-type=person`],
    ['the id first', `data-object-id="${ours}" data-object-type="person"`],
    ['blanks around the equals sign', `data-object-id = "${ours}"`],
    ['lines of their own', `\n  data-object-type="person"\n  data-object-id="${ours}"\n`],
    ['other capitals', `DATA-OBJECT-ID="${ours}"`],
    ['further attributes, with a > inside', `title="a > b" data-object-id="${ours}" class=x`],
    ['another cluster and padding', `data-object-id="${apiId('urn:TEAM:eu-central-1_k').toString('base64')}"`],
    ['character references', `data-object-id="${uuid.replace('0a', '&#48;a')}"`],
  ])('%s', (_how, attributes) => {
    const html = `<p><spark-mention ${attributes}>Hubkeeper</spark-mention> list</p>`;
    expect(withoutMention({ text: 'Hubkeeper list', html }, ours)).toBe('list');
    const capitals = html.replaceAll('spark-mention', 'SPARK-MENTION');
    expect(withoutMention({ text: 'Hubkeeper list', html: capitals }, ours)).toBe('list');
  });

  it.each([
    ['somebody else', `data-object-id='${other}'`],
    ['somebody else, with our id in another attribute', `data-object-id="${other}" title="data-object-id='${ours}'"`],
    ['nobody', `data-object-type="person"`],
    ['an attribute whose name only ends so', `x-data-object-id="${ours}"`],
  ])('of %s stays', (_whom, attributes) => {
    const html = `<spark-mention ${attributes}>Hubkeeper</spark-mention> list`;
    expect(withoutMention({ text: 'Hubkeeper list', html }, ours)).toBe('Hubkeeper list');
  });
});
