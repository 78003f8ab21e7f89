// Makes cards from the Handlebars templates in cards/, so that whoever words a card need not read TypeScript.

import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { cardText } from './markdown.ts';
import type { Card } from './reply.ts';

/** A template `cards/<name>.card.hbs`. */
export type CardName =
  | 'choose'
  | 'connect'
  | 'form'
  | 'help'
  | 'list'
  | 'message'
  | 'organization'
  | 'organization-form'
  | 'result'
  | 'transaction'
  | 'transactions';

/** From src/chat and from dist/chat alike, the templates are two levels up. */
const folder = new URL('../../cards/', import.meta.url);
const partEnding = '.hbs';

const compiled = new Map<CardName, Handlebars.TemplateDelegate<object>>();
let engine: typeof Handlebars | undefined;

/**
 * Fills the template with `view`. Every value of the template must be in the view; a missing one throws, and so does a
 * result that is no JSON: both are bugs.
 */
export function renderCard(name: CardName, view: object): Card {
  let template = compiled.get(name);
  if (template === undefined) {
    engine ??= createEngine();
    const source = readFileSync(new URL(`${name}.card.hbs`, folder), 'utf8');
    // Values are escaped for JSON by the helpers; Handlebars' own escaping is for HTML.
    template = engine.compile<object>(source, { strict: true, noEscape: true });
    compiled.set(name, template);
  }
  return JSON.parse(template(view));
}

/** A Handlebars of our own with the parts that cards share, and two ways to write a value into JSON. */
function createEngine(): typeof Handlebars {
  const own = Handlebars.create();
  // As it is, where cards render no Markdown: ids, addresses, input values, titles of buttons, runs of rich text.
  own.registerHelper('json', (value: unknown) => JSON.stringify(value));
  // Where cards render Markdown.
  own.registerHelper('text', (value: string) => JSON.stringify(cardText(value)));
  const parts = new URL('parts/', folder);
  for (const file of readdirSync(parts)) {
    own.registerPartial(file.slice(0, -partEnding.length), readFileSync(new URL(file, parts), 'utf8'));
  }
  return own;
}
