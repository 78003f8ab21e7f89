// A message as an Adaptive Card, from the Handlebars templates in cards/: whoever changes how a card looks need not read TypeScript.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { inPackage } from '../lib/package-folder.ts';
import { JsonText } from '../webex/json-text.ts';
import type { Block, Row } from './blocks.ts';
import { actionSets } from './buttons.ts';
import type { Field } from './fields.ts';
import { cardText } from './markdown.ts';
import type { CardMessage } from './message.ts';

const folder = inPackage('cards');
const ending = '.hbs';

let template: Handlebars.TemplateDelegate<object> | undefined;

/** A card of version 1.3, the newest that Webex shows, as JSON. Throws where the template lacks a value: that is a bug. */
export function messageCard({ mark, title, tone, lead, blocks }: CardMessage): JsonText {
  template ??= compile();
  const all: readonly Block[] = lead === undefined ? blocks : [{ kind: 'text', text: lead }, ...blocks];
  const view = {
    title: mark === undefined ? title : `${mark} ${title}`,
    tone,
    blocks: all.flatMap(blockViews),
  };
  return new JsonText(template(view));
}

/** A Handlebars of our own with the blocks as partials, and two ways to write a value into JSON. */
function compile(): Handlebars.TemplateDelegate<object> {
  const own = Handlebars.create();
  // As it is, where cards render no Markdown: ids, addresses, input values, titles of buttons, runs of rich text.
  own.registerHelper('json', written);
  // Where cards render Markdown.
  own.registerHelper('text', (value: string) => JSON.stringify(cardText(value)));
  const blocks = join(folder, 'blocks');
  for (const file of readdirSync(blocks)) {
    own.registerPartial(file.slice(0, -ending.length), compact(readFileSync(join(blocks, file), 'utf8')));
  }
  const source = compact(readFileSync(join(folder, 'message.card.hbs'), 'utf8'));
  return own.compile(source, {
    strict: true,
    // Values are escaped for JSON by the helpers; Handlebars' own escaping is for HTML.
    noEscape: true,
    // Indenting each block anew would take a quarter of the time, for no reader.
    preventIndent: true,
    // A name that is no helper is a value: nothing is looked up twice, which takes a tenth of the time.
    knownHelpers: { json: true, text: true },
    knownHelpersOnly: true,
  });
}

function written(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined) throw new Error('a template writes a value that is not there');
  return json;
}

/** Drops the white space that only readers of the template need: Webex's limit counts it. A blank stays where a brace would touch an expression's. */
const compact = (template: string): string =>
  template.replaceAll(
    /\{\{(.*?)\}\}|("[^"]*")|((?<=\}\})\s+(?=\})|(?<=\{)\s+(?=\{\{))|\s+/gs,
    (_whole, expression: string | undefined, text: string | undefined, between: string | undefined) => {
      // A tilde has Handlebars drop the blanks beside the expression.
      if (expression !== undefined) return `{{~${expression}~}}`;
      return text ?? (between === undefined ? '' : ' ');
    },
  );

/** What the templates need of a block; rows bring the choice among them. */
function blockViews(block: Block): object[] {
  switch (block.kind) {
    case 'rows': {
      const rows = { kind: 'rows', rows: block.rows.map(rowView) };
      if (block.pick === undefined) return [rows];
      const choices = block.rows.map((row) => ({ title: rowTitle(row, block.isCounted), value: row.value }));
      return [rows, { kind: 'choices', ...block.pick, choices, style: 'compact', isRequired: false }];
    }
    case 'terms':
      return [{ title: null, ...block, terms: block.terms.map(({ term, words }) => ({ term, words: ` – ${words}` })) }];
    case 'choices':
      return [{ ...block, ...block.pick, style: 'expanded', isRequired: true }];
    case 'fields':
      return [{ ...block, fields: block.fields.map(fieldView) }];
    case 'folded':
      return [{ ...block, fields: block.fields.map(fieldView), isFolded: !block.isOpen }];
    case 'buttons':
      return [{ ...block, buttonSets: actionSets(block.buttons) }];
    default:
      return [block];
  }
}

const rowView = ({ number, name, lead, state, button }: Row) => ({
  lead: lead ?? null,
  number: number === undefined ? null : String(number),
  name,
  state: state ?? null,
  buttonSets: button === undefined ? [] : [[button]],
});

function rowTitle({ number, name }: Row, isCounted = false): string {
  if (number === undefined) return name;
  return isCounted ? `${number}. ${name}` : `${number}: ${name}`;
}

function fieldView(field: Field) {
  const isTyped = field.kind === 'text' || field.kind === 'notes';
  return {
    ...field,
    warning: field.problem ?? field.warning ?? null,
    isToggle: field.kind === 'toggle',
    isChoice: field.kind === 'choice',
    isMultiline: field.kind === 'notes',
    isRequired: isTyped && (field.isRequired ?? false),
    regex: (isTyped && field.regex) || null,
    errorMessage: (isTyped && field.errorMessage) || null,
  };
}
