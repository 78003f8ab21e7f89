// The two spellings of organizations' ids: the world knows one, answers may hold the other, and callers may send either.

import type { World } from '../world.ts';

const prefixOf = (spelled: World['switches']['organizationIds']) => `ciscospark://us/${spelled}/`;

/** An id of an organization in this spelling; any other text as it is. */
export function spelled(text: string, as: World['switches']['organizationIds']): string {
  // What base64 makes of `ciscospark://us/`.
  if (!text.startsWith('Y2lzY29zcGFyazovL3VzL0')) return text;
  const uri = Buffer.from(text, 'base64url').toString('utf8');
  const key = /^ciscospark:\/\/us\/organization\/(.+)$/i.exec(uri)?.[1];
  return key === undefined ? text : Buffer.from(`${prefixOf(as)}${key}`).toString('base64url');
}

/** The same of every text in a value of JSON. */
export function spelledDeep(value: unknown, as: World['switches']['organizationIds']): unknown {
  if (typeof value === 'string') return spelled(value, as);
  if (Array.isArray(value)) return value.map((one) => spelledDeep(one, as));
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spelledDeep(one, as)]));
}
