// Webex's Markdown as HTML and as plain text: markdown-it, cut down to what Webex renders, with Webex's mentions added.

import MarkdownIt, { type MarkdownIt as Parser, type StateInline, type Token } from 'markdown-it';

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

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Renders paragraphs, headings, lists, quotes, code, emphasis, links and mentions. HTML is shown as the text that it is. */
export function renderMarkdown(markdown: string, mentionOf: MentionOf = () => undefined): Rendered {
  const env = { mentionOf };
  const tokens = parser.parse(markdown, env);
  return { html: parser.renderer.render(tokens, parser.options, env), text: textOf(tokens) };
}

const LINK_SCHEME = /^(?:https?|mailto|tel|sip|webexteams):/i;

const parser = new MarkdownIt({ html: false, linkify: true })
  .disable(['table', 'code', 'lheading', 'reference', 'image'])
  .use(renderCompactly)
  .use(linkAddresses)
  .use(addInlineMarks);

/** No line breaks between blocks, `del` for struck text, and links that open in a tab of their own. */
function renderCompactly({ renderer }: Parser): void {
  const { rules } = renderer;
  renderer.renderToken = (tokens, index) => {
    const token = tokens[index];
    if (!token || token.hidden) return '';
    const tag = token.tag === 's' ? 'del' : token.tag;
    return token.nesting < 0 ? `</${tag}>` : `<${tag}${renderer.renderAttrs(token)}>`;
  };
  rules['text'] = (tokens, index) => escapeHtml(tokens[index]?.content ?? '');
  rules['code_inline'] = (tokens, index) => `<code>${escapeHtml(tokens[index]?.content ?? '')}</code>`;
  rules['fence'] = (tokens, index) => `<pre><code>${escapeHtml(codeOf(tokens[index]))}</code></pre>`;
  rules['hardbreak'] = () => '<br>';
  rules['link_open'] = (tokens, index) =>
    `<a href="${escapeHtml(String(tokens[index]?.attrGet('href')))}" target="_blank" rel="nofollow noopener noreferrer">`;
  rules['mention'] = (tokens, index) => String(tokens[index]?.meta?.['html']);
}

/** Addresses stay as they were typed. Only whole http addresses become links by themselves: no bare domain, no e-mail address. */
function linkAddresses(md: Parser): void {
  md.validateLink = (url) => LINK_SCHEME.test(url);
  md.normalizeLink = (url) => url;
  md.normalizeLinkText = (url) => url;
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  for (const schema of ['ftp:', '//', 'mailto:']) md.linkify.add(schema, null);
  md.core.ruler.after('inline', 'empty_link', ({ tokens }) => tokens.forEach(undoEmptyLinks));
}

/** `[a]()` is a link for markdown-it, but leads nowhere: it is shown as it was typed. */
function undoEmptyLinks({ children }: Token): void {
  let isEmpty = false;
  for (const token of children ?? []) {
    if (token.type === 'link_open') isEmpty = !token.attrGet('href');
    if (!isEmpty || !token.type.startsWith('link_')) continue;
    token.content = token.nesting > 0 ? '[' : ']()';
    token.type = 'text';
  }
}

const MENTION = /<@(?:(?<all>all)|(?<kind>personId|personEmail):(?<who>[^|>\s]+)(?:\|(?<label>[^>]*))?)>/y;
const LINE_BREAK = /<br ?\/?>/y;

function addInlineMarks({ inline }: Parser): void {
  inline.ruler.before('autolink', 'mention', (state, silent) => {
    const groups = takeMatch(state, MENTION)?.groups;
    if (!groups) return false;
    if (!silent) {
      const { html, text } = mentioned(groups, state.env['mentionOf'] as MentionOf);
      Object.assign(state.push('mention', '', 0), { content: text, meta: { html } });
    }
    return true;
  });
  inline.ruler.before('autolink', 'br', (state, silent) => {
    if (!takeMatch(state, LINE_BREAK)) return false;
    if (!silent) state.push('hardbreak', 'br', 0);
    return true;
  });
}

/** What `pattern` finds right where the parser stands, which then stands behind it. */
function takeMatch(state: StateInline, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.src);
  if (match) state.pos += match[0].length;
  return match;
}

function mentioned({ all, kind, who = '', label = '' }: Record<string, string>, mentionOf: MentionOf): Rendered {
  const found = all ? mentionOf('all', '', 'All') : mentionOf(kind as 'personId' | 'personEmail', who, label);
  const shown = all ? '<@all>' : label || who;
  return found ?? { html: escapeHtml(shown), text: shown };
}

/** One line or more a block, with each list item's mark before its first line. */
function textOf(tokens: Token[]): string {
  const lines: string[] = [];
  const lists: { next: number | undefined }[] = [];
  let marks = '';
  const add = (text: string) => {
    lines.push(marks + text);
    marks = '';
  };
  for (const token of tokens) {
    const list = lists.at(-1);
    if (token.type === 'bullet_list_open') lists.push({ next: undefined });
    else if (token.type === 'ordered_list_open') lists.push({ next: Number(token.attrGet('start') ?? 1) });
    else if (token.type.endsWith('_list_close')) lists.pop();
    else if (token.type === 'list_item_open') marks += list?.next === undefined ? '• ' : `${list.next++}. `;
    else if (token.type === 'list_item_close' && marks) add('');
    else if (token.type === 'inline') add((token.children ?? []).map(inlineTextOf).join(''));
    else if (token.type === 'fence') add(codeOf(token));
    else if (token.type === 'hr') add('---');
  }
  return lines.join('\n');
}

function inlineTextOf(token: Token): string {
  return token.type === 'softbreak' || token.type === 'hardbreak' ? '\n' : token.content;
}

function codeOf(token: Token | undefined): string {
  return token?.content.replace(/\n$/, '') ?? '';
}
