// Webex's Markdown as HTML and text. Whatever is typed, nothing becomes markup that the renderer did not write itself.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/simulator/markdown.ts';

const link = (url: string, label: string) =>
  `<a href="${url}" target="_blank" rel="nofollow noopener noreferrer">${label}</a>`;

describe('renderMarkdown', () => {
  it.each([
    ['a paragraph', 'one\ntwo', '<p>one\ntwo</p>', 'one\ntwo'],
    ['two paragraphs', 'one\n\ntwo', '<p>one</p><p>two</p>', 'one\ntwo'],
    ['a hard line break', 'one  \ntwo', '<p>one<br>two</p>', 'one\ntwo'],
    ['bold', '**a b**', '<p><strong>a b</strong></p>', 'a b'],
    ['italics', '*a* and _b_', '<p><em>a</em> and <em>b</em></p>', 'a and b'],
    ['bold italics', '***a***', '<p><em><strong>a</strong></em></p>', 'a'],
    ['underscores within a word', 'wholesale_status_x', '<p>wholesale_status_x</p>', 'wholesale_status_x'],
    ['a lone star', '2 * 3 * 4', '<p>2 * 3 * 4</p>', '2 * 3 * 4'],
    ['an escaped star', '\\*a\\*', '<p>*a*</p>', '*a*'],
    ['code', '`a <b>`', '<p><code>a &lt;b&gt;</code></p>', 'a <b>'],
    ['a code block', '```\n**a**\n```', '<pre><code>**a**</code></pre>', '**a**'],
    ['a heading', '## Two', '<h2>Two</h2>', 'Two'],
    ['a rule', '---', '<hr>', '---'],
    ['a quote', '> a\n> b', '<blockquote><p>a\nb</p></blockquote>', 'a\nb'],
    ['a list', '- a\n- b', '<ul><li>a</li><li>b</li></ul>', '• a\n• b'],
    ['a numbered list', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
    ['a nested list', '- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '• a\n• b\n• c'],
    ['a link', '[here](https://x.example/a_b_c)', `<p>${link('https://x.example/a_b_c', 'here')}</p>`, 'here'],
    [
      'an address',
      'see https://x.example/a.',
      `<p>see ${link('https://x.example/a', 'https://x.example/a')}.</p>`,
      'see https://x.example/a.',
    ],
    ['a script link', '[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>', '[a](javascript:alert(1))'],
    [
      'HTML',
      '<img src=x onerror=alert(1)>',
      '<p>&lt;img src=x onerror=alert(1)&gt;</p>',
      '<img src=x onerror=alert(1)>',
    ],
    ['a link to nowhere', '[a]()', '<p>[a]()</p>', '[a]()'],
    ['an entity', 'a &lt;b&gt;', '<p>a &lt;b&gt;</p>', 'a <b>'],
    ['a picture', '![a](https://x.example)', `<p>!${link('https://x.example', 'a')}</p>`, '!a'],
    ['a mention of nobody', '<@personEmail:a@x.example|Ann>', '<p>Ann</p>', 'Ann'],
    ['a mention of nobody, unnamed', '<@personEmail:a@x.example>', '<p>a@x.example</p>', 'a@x.example'],
    ['a bare domain', 'x.example', '<p>x.example</p>', 'x.example'],
    ['struck text', '~~a~~', '<p><del>a</del></p>', 'a'],
    ['a written line break', 'a<br/>b', '<p>a<br>b</p>', 'a\nb'],
    ['a list in a list item', '- - a', '<ul><li><ul><li>a</li></ul></li></ul>', '• • a'],
    ['a quote in a link', '[a](https://x.example/"b)', `<p>${link('https://x.example/&quot;b', 'a')}</p>`, 'a'],
  ])('renders %s', (_what, markdown, html, text) => {
    expect(renderMarkdown(markdown)).toEqual({ html, text });
  });

  it('writes no tag, attribute or address of anybody else', () => {
    const tags = /<\/?(?:p|strong|em|del|code|pre|h[1-6]|hr|blockquote|ul|ol|li|br)>|<ol start="\d+">/g;
    const links =
      /<a href="(?:https?|mailto|tel|sip|webexteams):[^"<>]*" target="_blank" rel="nofollow noopener noreferrer">|<\/a>/gi;
    const tricky = fc.array(
      fc.constantFrom(
        ...'<>"\'&*_`~[]()!#-+.\\\n 1a'.split(''),
        'javascript:',
        'https://x',
        '](',
        '```',
        '<@personEmail:',
        '<a href=',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(tricky, (pieces) => {
        const { html } = renderMarkdown(pieces.join(''));
        expect(html.replaceAll(tags, '').replaceAll(links, '')).not.toMatch(/[<>]/);
      }),
      { numRuns: 2000 },
    );
  });
});
