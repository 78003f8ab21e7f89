import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardText, cutToBytes, lines, link, md, paragraphs } from '../../src/chat/markdown.ts';
import { plain, shorten } from '../../src/lib/text.ts';

const escaped = (value: string) => cutToBytes(md`${value}`);

describe('a value in a message', () => {
  it.each([
    ['Acme Corp. (EU) & Sons', 'Acme Corp. (EU) & Sons'],
    ['**bold** _it_ `code` ~~no~~', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~'],
    ['[x](https://evil.example)', '\\[x\\](https:\\//evil.example)'],
    ['![x](y)', '!\\[x\\](y)'],
    ['<@personEmail:ada@example.com>', '&lt;@personEmail:ada@example.com>'],
    ['<b>x</b>', '&lt;b>x&lt;/b>'],
    ['&lt;b>', '&amp;lt;b>'],
    ['# heading', '\\# heading'],
    ['> quote', '\\> quote'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['=====', '\\====='],
    ['a\n# b', 'a # b'],
    ['a\\', 'a\\\\'],
    ['a\u202Eb\u0000c', 'abc'],
    [' a \t b ', 'a b'],
  ])('%j becomes %j', (value, expected) => {
    expect(escaped(value)).toBe(expected);
  });

  it('stays what it was, for whoever reads past the escapes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        const read = escaped(value)
          .replace(/\\([!-/:-@[-`{-~])/g, '$1')
          .replace(/&lt;/g, '<')
          .replace(/&amp;/g, '&');
        expect(read).toBe(plain(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('is not escaped again inside Markdown', () => {
    const bold = md`**${'a*b'}**`;
    expect(cutToBytes(md`${bold} and ${3}`)).toBe('**a\\*b** and 3');
    expect(cutToBytes(paragraphs([bold, null, lines([md`x`, md`y`])]))).toBe('**a\\*b**\n\nx  \ny');
  });
});

describe('a value in a card', () => {
  it.each([
    ['*bold* **bold** _it_ ~~no~~ `code`', '\\*bold\\* \\*\\*bold\\*\\* \\_it\\_ ~\\~no~\\~ \\`code\\`'],
    ['[x](https://evil.example)', '[x]\\(https://evil.example)'],
    ['<b>x</b> <!-- <@all>', '\\<b>x\\</b> \\<!-- \\<@all>'],
    ['{{DATE(2026-01-01T00:00:00Z)}}', '{\\{DATE(2026-01-01T00:00:00Z)}}'],
    ['{{{TIME(x)}}}', '{\\{\\{TIME(x)}}}'],
    ['\\*x\\*', '\\\\\\*x\\\\\\*'],
    ['- a\r- b', '\\- a - b'],
    ['* a', '\\* a'],
    ['1. a', '1\\. a'],
  ])('%j becomes %j', (value, expected) => {
    expect(cardText(value)).toBe(expected);
  });
});

describe('an ordinary value in a card', () => {
  it.each([
    'Acme Corp. (EU) & Sons',
    'john_doe.smith@sub_domain.example.com',
    'https://hubkeeper.example.com/x-y',
    'R&D [north] 5 * 3 < 16 #2, 100% ~now~',
    'PROVIDER\\ada',
    'שלום עולם – 株式会社',
  ])('%j needs no escape, which a phone would show', (value) => {
    expect(cardText(value)).toBe(value);
  });
});

describe('any value in a card', () => {
  it('stays what it was past the escapes, and nothing in it acts', () => {
    const markup = fc.constantFrom(
      '*',
      '**',
      '_',
      '`',
      '~~',
      '](',
      '<b',
      '</',
      '<@',
      '{{',
      '\\',
      '# ',
      '- ',
      '1. ',
      '\n',
      'a',
    );
    const hostile = fc.array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 4 }))).map((all) => all.join(''));
    fc.assert(
      fc.property(hostile, (value) => {
        const text = cardText(value);
        expect(text.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(plain(value));
        const bare = text.replace(/\\[!-/:-@[-`{-~]/g, ' ');
        expect(bare).not.toMatch(/`|~~|\]\(|<[a-z/!?@]|\{\{|^(?:[#>+=-]|\d+[.)]|\* )/i);
        expect(bare).not.toMatch(/\S\*|\*\S|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a link', () => {
  it('shows its own address', () => {
    expect(cutToBytes(link('https://a.example/c/x_y'))).toBe('[https:\\//a.example/c/x\\_y](https://a.example/c/x_y)');
  });

  it('keeps parentheses from ending it', () => {
    expect(cutToBytes(link('http://a.example/(x)'))).toBe('[http:\\//a.example/(x)](http://a.example/%28x%29)');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x'])('refuses %s', (url) => {
    expect(() => link(url)).toThrow(TypeError);
  });
});

describe('cutting', () => {
  it('leaves whole lines', () => {
    expect(cutToBytes(lines([md`one`, md`two`, md`three`]), 14)).toBe('one\n…');
  });

  it.each([
    ['漢漢漢', 9, '漢漢漢'],
    ['漢漢漢漢', 9, '漢漢…'],
    ['a****', 7, 'a\\*…'],
    ['<<<<', 11, '&lt;&lt;…'],
    ['<<<<', 10, '&lt;…'],
  ])('%j to %i bytes leaves %j', (value, maxBytes, expected) => {
    expect(cutToBytes(md`${value}`, maxBytes)).toBe(expected);
  });

  it('never leaves more bytes than allowed, half a character or half an escape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 80 }), (value, maxBytes) => {
        const cut = cutToBytes(md`${value}`, maxBytes);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
        expect(cut).not.toMatch(/\p{Cs}/u);
        expect(cut.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toContain('\\');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('shortening', () => {
  it.each([
    ['Acme', 4, 'Acme'],
    ['Acme Corp', 6, 'Acme…'],
    ['👩🏽👩🏽', 3, '👩🏽…'],
  ])('%j to %i characters is %j', (value, max, expected) => {
    expect(shorten(value, max)).toBe(expected);
  });
});
