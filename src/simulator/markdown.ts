// Webex's Markdown as HTML and as plain text. Everything is escaped where it is written, so no input becomes markup of its own.

export interface Rendered {
  html: string;
  text: string;
}

/** Turns a mention such as `personEmail:ada@meridian.example` into what is shown; undefined where nobody is meant. */
export type MentionOf = (
  kind: 'personId' | 'personEmail' | 'all',
  value: string,
  label: string,
) => Rendered | undefined;

const LINK_SCHEME = /^(?:https?|mailto|tel|sip|webexteams):/i;

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Renders Markdown: paragraphs, headings, lists, quotes, code, emphasis, links and mentions. */
export function renderMarkdown(markdown: string, mentionOf: MentionOf = () => undefined): Rendered {
  return renderBlocks(markdown.replaceAll('\r\n', '\n').split('\n'), mentionOf);
}

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^\s*>\s?(.*)$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function renderBlocks(lines: string[], mentionOf: MentionOf): Rendered {
  const blocks: Rendered[] = [];
  const rest = [...lines];
  const takeWhile = (wanted: (line: string) => boolean) => {
    const taken: string[] = [];
    for (let line = rest[0]; line !== undefined && wanted(line); line = rest[0]) {
      taken.push(line);
      rest.shift();
    }
    return taken;
  };

  for (let line = rest[0]; line !== undefined; line = rest[0]) {
    const heading = HEADING.exec(line);
    if (line.trim() === '') {
      rest.shift();
    } else if (FENCE.test(line)) {
      rest.shift();
      const code = takeWhile((next) => !FENCE.test(next)).join('\n');
      rest.shift();
      blocks.push({ html: `<pre><code>${escapeHtml(code)}</code></pre>`, text: code });
    } else if (heading) {
      rest.shift();
      const level = heading[1]?.length ?? 1;
      blocks.push(wrapped(`h${level}`, renderInline(heading[2] ?? '', mentionOf)));
    } else if (RULE.test(line)) {
      rest.shift();
      blocks.push({ html: '<hr>', text: '---' });
    } else if (QUOTE.test(line)) {
      const quoted = takeWhile((next) => QUOTE.test(next)).map((next) => QUOTE.exec(next)?.[1] ?? '');
      blocks.push(wrapped('blockquote', renderBlocks(quoted, mentionOf)));
    } else if (ITEM.test(line)) {
      blocks.push(renderList(takeWhile(startsOrContinuesList()), mentionOf));
    } else {
      const paragraph = takeWhile((next) => next.trim() !== '' && !startsBlock(next));
      blocks.push(wrapped('p', renderInline(paragraph.join('\n').trim(), mentionOf)));
    }
  }
  return {
    html: blocks.map(({ html }) => html).join(''),
    text: blocks.map(({ text }) => text).join('\n'),
  };
}

function startsBlock(line: string): boolean {
  return [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));
}

/** Says of each line in turn whether it still belongs to the list that the first one started. */
function startsOrContinuesList(): (line: string) => boolean {
  let blank = false;
  return (line) => {
    if (line.trim() === '') {
      blank = true;
      return true;
    }
    const belongs = ITEM.test(line) || /^\s{2,}/.test(line) || (!blank && !startsBlock(line));
    blank = false;
    return belongs;
  };
}

function renderList(lines: string[], mentionOf: MentionOf): Rendered {
  const margin = ITEM.exec(lines[0] ?? '')?.[1]?.length ?? 0;
  const items: string[][] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item && (item[1]?.length ?? 0) <= margin + 1) items.push([item[3] ?? '']);
    else items.at(-1)?.push(line.slice(Math.min(margin + 2, line.search(/\S|$/))));
  }
  const number = /^\s*(\d+)/.exec(lines[0] ?? '')?.[1];
  const start = Number(number ?? 1);
  const rendered = items.map((item) => {
    const [first = '', ...more] = item;
    const nested = more.findIndex(startsBlock);
    const own = nested < 0 ? more : more.slice(0, nested);
    const head = renderInline([first, ...own].join('\n').trim(), mentionOf);
    const tail = nested < 0 ? { html: '', text: '' } : renderBlocks(more.slice(nested), mentionOf);
    return { html: head.html + tail.html, text: [head.text, tail.text].filter(Boolean).join('\n') };
  });
  const body = rendered.map(({ html }) => `<li>${html}</li>`).join('');
  const marks = rendered.map((_, index) => (number === undefined ? '•' : `${start + index}.`));
  return {
    html: number === undefined ? `<ul>${body}</ul>` : `<ol${start === 1 ? '' : ` start="${start}"`}>${body}</ol>`,
    text: rendered.map(({ text }, index) => `${marks[index]} ${text}`).join('\n'),
  };
}

function wrapped(tag: string, inner: Rendered): Rendered {
  return { html: `<${tag}>${inner.html}</${tag}>`, text: inner.text };
}

const INLINE = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\`{-~])`,
    '(?<ticks>`+)(?<code>[^`]|[^`].*?[^`])\\k<ticks>(?!`)',
    String.raw`<@(?<kind>personId|personEmail):(?<who>[^|>\s]+)(?:\|(?<label>[^>]*))?>`,
    '(?<all><@all>)',
    String.raw`\[(?<linkText>(?:[^[\]\\]|\\.)*)\]\((?<linkUrl>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)`,
    String.raw`<(?<auto>[a-z]+:[^\s<>]+)>`,
    String.raw`(?<bare>https?://[^\s<>"'*]*[^\s<>"'*.,;:!?)\]_])`,
    String.raw`\*\*(?<strong>(?=\S).+?(?<=\S))\*\*(?!\*)`,
    String.raw`(?<![A-Za-z0-9_])__(?<strong2>(?=\S).+?(?<=\S))__(?![A-Za-z0-9_])`,
    String.raw`\*(?<em>(?=[^\s*]).*?(?<=[^\s*]))\*(?!\*)`,
    String.raw`(?<![A-Za-z0-9_])_(?<em2>(?=[^\s_]).*?(?<=[^\s_]))_(?![A-Za-z0-9_])`,
    String.raw`~~(?<strike>(?=\S).+?(?<=\S))~~`,
    String.raw`(?<break>(?: {2,}|\\)\n|<br ?/?>)`,
  ].join('|'),
  'gs',
);

/** Renders what stands inside one block: emphasis, code, links and mentions. */
export function renderInline(markdown: string, mentionOf: MentionOf = () => undefined): Rendered {
  let html = '';
  let text = '';
  let end = 0;
  const add = (piece: Rendered) => {
    html += piece.html;
    text += piece.text;
  };
  for (const match of markdown.matchAll(INLINE)) {
    add(plain(markdown.slice(end, match.index)));
    add(renderToken(match[0], match.groups ?? {}, mentionOf));
    end = match.index + match[0].length;
  }
  add(plain(markdown.slice(end)));
  return { html, text };
}

function renderToken(source: string, token: Record<string, string | undefined>, mentionOf: MentionOf): Rendered {
  const inner = (markdown: string) => renderInline(markdown, mentionOf);
  const strong = token['strong'] ?? token['strong2'];
  const emphasis = token['em'] ?? token['em2'];
  if (token['escaped'] !== undefined) return plain(token['escaped']);
  if (token['code'] !== undefined) {
    return { html: `<code>${escapeHtml(token['code'])}</code>`, text: token['code'] };
  }
  if (token['all'] !== undefined) return mentionOf('all', '', 'All') ?? plain(source);
  if (token['who'] !== undefined) {
    const kind = token['kind'] === 'personId' ? 'personId' : 'personEmail';
    return mentionOf(kind, token['who'], token['label'] ?? '') ?? plain(token['label'] || token['who']);
  }
  if (token['linkText'] !== undefined && LINK_SCHEME.test(token['linkUrl'] ?? '')) {
    return link(token['linkUrl'] ?? '', inner(token['linkText']));
  }
  const address = token['auto'] ?? token['bare'];
  if (address !== undefined && LINK_SCHEME.test(address)) return link(address, plain(address));
  if (strong !== undefined) return wrapped('strong', inner(strong));
  if (emphasis !== undefined) return wrapped('em', inner(emphasis));
  if (token['strike'] !== undefined) return wrapped('del', inner(token['strike']));
  if (token['break'] !== undefined) return { html: '<br>', text: '\n' };
  return plain(source);
}

function link(url: string, label: Rendered): Rendered {
  return {
    html: `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener noreferrer">${label.html}</a>`,
    text: label.text,
  };
}

function plain(text: string): Rendered {
  return { html: escapeHtml(text), text };
}
