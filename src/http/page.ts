// The kit for the pages that people see in the browser. They load one stylesheet and one small script of ours, and nothing from elsewhere.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { inPackage } from '../lib/package-folder.ts';
import { assetPath } from './assets.ts';

const folder = inPackage('cards', 'pages');

type TemplateName = 'message.page' | 'consent.page' | 'tokens.page' | 'transaction.page' | 'transaction.main';

const compiled = new Map<TemplateName, Handlebars.TemplateDelegate<object>>();
let engine: typeof Handlebars | undefined;

/** A page of a few sentences, each a paragraph. `hint` says what to do next. */
export function messagePage(page: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tone: 'good' | 'bad' | 'neutral';
  readonly hint?: string;
}): string {
  return renderPage('message.page', { ...page, hint: page.hint ?? null, eventsPath: null });
}

export function renderPage(name: TemplateName, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    engine ??= createEngine();
    template = engine.compile<object>(readTemplate(`${name}.hbs`), { strict: true });
    compiled.set(name, template);
  }
  return template(view);
}

/** A Handlebars of our own, with its escaping for HTML, the layout that every page has, and the parts that change. */
function createEngine(): typeof Handlebars {
  const own = Handlebars.create();
  own.registerHelper('asset', assetPath);
  own.registerPartial('layout', readTemplate('layout.hbs'));
  own.registerPartial('transaction-main', readTemplate('transaction.main.hbs'));
  return own;
}

function readTemplate(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
