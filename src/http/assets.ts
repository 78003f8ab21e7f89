// The files that our pages load: a stylesheet, a script, an icon. Their addresses hold a hash of the content, so that an upgrade shows at once.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { inPackage } from '../lib/package-folder.ts';
import { currentBasePath } from './base-path.ts';
import { reading, route } from './route.ts';

const folder = inPackage('cards', 'pages');

const types = {
  'style.css': 'text/css; charset=utf-8',
  'live.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

export type AssetName = keyof typeof types;

const contents = new Map<string, Buffer>();

function contentOf(name: AssetName): Buffer {
  const known = contents.get(name);
  if (known) return known;
  const content = readFileSync(join(folder, name));
  contents.set(name, content);
  return content;
}

/** Where a page finds the file, for the request that is answered. */
export function assetPath(name: AssetName): string {
  const hash = createHash('sha256').update(contentOf(name)).digest('base64url').slice(0, 12);
  return `${currentBasePath()}/assets/${name}?${hash}`;
}

/** Answers with one of the three files, and every other name with 404. */
const sendAsset: RequestHandler<{ name: string }> = (request, response, next) => {
  const { name } = request.params;
  if (!isAsset(name)) return next();
  // An hour, not for ever: during an upgrade an old replica may answer for a new address.
  response.set('Cache-Control', 'public, max-age=3600').type(types[name]).send(contentOf(name));
};

export const assetRoute = route<unknown, { name: string }>({
  path: '/assets/:name',
  methods: reading,
  isRoutine: true,
  handle: () => sendAsset,
});

const isAsset = (name: string): name is AssetName => Object.hasOwn(types, name);
