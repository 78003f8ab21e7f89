// What is typed behind `migrate`: a name, and the way at its end.

import { FALL_BACKS, type FallBack } from '../fall-back/fall-back-rules.ts';
import { WAYS, type Way } from '../ways/ways.ts';

/** What an organization can be moved to: a way, or tokens of a service app of its own. */
const TARGETS = [...WAYS, 'tokens'] as const;
export type Target = Way | 'tokens';

/** A name may end like a way: it is taken for one only where something stands before it. */
export function readMigrateArgument(argument: string): { name: string; way: Target | undefined } {
  const [, name, words] =
    /^(.*?\S)\s+(?:to\s+)?(service[ _-]?app|consent|partner|tokens|own[ -]app)$/i.exec(argument) ?? [];
  if (name === undefined || words === undefined) return { name: argument, way: undefined };
  const typed = words.toLowerCase();
  return { name, way: readWay(typed.replace(/^service.?app$/, 'service_app').replace(/^own.app$/, 'tokens')) };
}

/** The way that a button names; undefined for whatever else was sent. */
export const readWay = (sent: unknown): Target | undefined => TARGETS.find((way) => way === sent);

/** `none` takes a fall-back away. */
const FALL_BACK_TARGETS = [...FALL_BACKS, 'none'] as const;
export type FallBackTarget = FallBack | 'none';

/** What is typed behind a name and `fallback`; undefined where that is not said. */
export function readFallBackArgument(argument: string): { name: string; fallBack: FallBackTarget } | undefined {
  const [, name, words] = /^(.*?\S)\s+fall[ -]?back\s+(?:to\s+)?(service[ _-]?app|partner|none)$/i.exec(argument) ?? [];
  const fallBack = readFallBack(words?.toLowerCase().replace(/^service.?app$/, 'service_app'));
  return name === undefined || fallBack === undefined ? undefined : { name, fallBack };
}

/** The fall-back that a button names; undefined for whatever else was sent. */
export const readFallBack = (sent: unknown): FallBackTarget | undefined =>
  FALL_BACK_TARGETS.find((way) => way === sent);
