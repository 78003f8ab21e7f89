// Draws a specification as a PNG. The libraries are loaded for the first picture: whoever never asks for one pays neither time nor memory.

import { createRequire } from 'node:module';
import type { TopLevelSpec } from 'vega-lite';

/** Pixels of the PNG for each of the specification's, for screens with fine dots. */
const ZOOM = 2;

/** Named one by one, so that a picture is the same on every machine: without any, all its text would be missing. */
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

const require = createRequire(import.meta.url);

/** A PNG. Nothing is fetched: the specification holds its data. */
export async function drawPng(spec: TopLevelSpec): Promise<Buffer> {
  const [vega, { compile }, { renderAsync }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('@resvg/resvg-js'),
  ]);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    const image = await renderAsync(svg, {
      font: {
        loadSystemFonts: false,
        fontFiles: fontFiles.map((file) => require.resolve(`dejavu-fonts-ttf/ttf/${file}`)),
      },
      fitTo: { mode: 'zoom', value: ZOOM },
    });
    return image.asPng();
  } finally {
    view.finalize();
  }
}
