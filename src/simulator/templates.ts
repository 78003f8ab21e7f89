// Finds the pages' files beside the program and fills in the Handlebars ones, which escape every value.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Response } from 'express';
import Handlebars from 'handlebars';

/** Where the pages' files are: the same from src/simulator and from dist/shared, where a build puts what is loaded later. */
export const assetsFolder = fileURLToPath(new URL('../../cards/simulator/', import.meta.url));

export type RenderPage = (response: Response, name: string, values: Record<string, unknown>) => void;

/** A function that sends the page `<name>.hbs`, each file read once. */
export function createRenderPage(): RenderPage {
  const templates = new Map<string, Handlebars.TemplateDelegate>();
  return (response, name, values) => {
    let template = templates.get(name);
    if (template === undefined) {
      template = Handlebars.compile(readFileSync(`${assetsFolder}${name}.hbs`, 'utf8'), { strict: false });
      templates.set(name, template);
    }
    response.type('html').send(template(values));
  };
}
