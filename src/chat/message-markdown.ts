// A message in Markdown: every text that its card shows, and what to type in place of what the card lets press.

import type { Block, Row } from './blocks.ts';
import type { Fact } from './facts.ts';
import type { Field } from './fields.ts';
import { lines, link, type Markdown, md, paragraphs, words } from './markdown.ts';
import type { CardMessage } from './message.ts';

/** The whole message, however long. Buttons and inputs have no Markdown: `typed` takes their place. */
export function messageMarkdown({ mark, title, lead, blocks, typed, isBrief }: CardMessage): Markdown {
  const heading = words([
    mark === undefined ? null : md`${mark}`,
    isBrief ? md`${title}.` : md`**${title}**`,
    lead === undefined ? null : md`${lead}`,
  ]);
  if (!isBrief) return paragraphs([heading, ...blocks.map(blockMarkdown), typed]);
  const [texts, others] = [blocks.filter(isText), blocks.filter((block) => !isText(block))];
  const line = words([heading, ...texts.map(blockMarkdown), typed]);
  return paragraphs([line, ...others.map(blockMarkdown)]);
}

const isText = ({ kind }: Block): boolean => kind === 'text';

function blockMarkdown(block: Block): Markdown | null {
  switch (block.kind) {
    case 'text':
    case 'alert':
      return md`${block.text}`;
    case 'facts':
      return lines(block.facts.map(factLine));
    case 'section':
      return lines([md`**${block.title}**`, ...block.facts.map(factLine)]);
    case 'rows':
      return lines(block.rows.map((row) => rowLine(row, block.isCounted ?? false)));
    case 'terms':
      return paragraphs([
        block.title === undefined ? null : md`**${block.title}**`,
        lines(block.terms.map(({ term, words }) => md`- **${term}** – ${words}`)),
      ]);
    case 'log':
      return lines([md`**${block.title}**`, ...block.lines.map((line) => md`- ${line}`)]);
    case 'link':
      return lines([md`${block.text}`, link(block.url)]);
    case 'choices':
      return lines(block.choices.map(({ title }) => md`- ${title}`));
    case 'fields':
    case 'folded':
      return fieldLines(block.fields);
    case 'buttons':
      return null;
  }
}

const factLine = ({ title, value }: Fact): Markdown => md`- **${title}:** ${value}`;

/** Numbers that do not count up by one are written as text, since Markdown would count by itself. */
function rowLine({ number, name, lead, state }: Row, isCounted: boolean): Markdown {
  const said = [lead?.text, state].filter((words) => words !== undefined).join('; ');
  const row = md`**${name}** – ${said}`;
  if (number === undefined) return md`- ${row}`;
  return isCounted ? md`${number}. ${row}` : md`- ${number}: ${row}`;
}

/** Of inputs only their problems: without the card nobody can fill them in. */
function fieldLines(fields: readonly Field[]): Markdown | null {
  const said = fields.flatMap(({ label, problem, warning }) => {
    if (problem) return [md`- ${problem}`];
    return warning ? [md`${label}: ${warning}`] : [];
  });
  return said.length === 0 ? null : lines(said);
}
