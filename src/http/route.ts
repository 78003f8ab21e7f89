// An address of ours, as a subject declares it: the server knows none by name.

import type { RequestHandler } from 'express';

/** At most so many requests a minute from one address; routes that share the limit count together. */
export interface RouteLimit {
  readonly perMinute: number;
}

export interface Route<Deps> {
  /** As Express writes it: `/connect/:token`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'POST')[];
  readonly limit?: RouteLimit;
  /** Asked for by probes and pages every few seconds: logged only where somebody looks closely. */
  readonly isRoutine?: boolean;
  handle(deps: Deps): RequestHandler | readonly RequestHandler[];
}

/** A route with what it needs. */
export interface BoundRoute extends Omit<Route<never>, 'handle'> {
  readonly handlers: readonly RequestHandler[];
}

/** Declares a route whose handler knows the parameters of its path. */
export function route<Deps, Params = Record<string, string>>(
  declared: Omit<Route<Deps>, 'handle'> & {
    handle(deps: Deps): RequestHandler<Params> | readonly RequestHandler<Params>[];
  },
): Route<Deps> {
  return declared as Route<Deps>;
}

/** What only reads. */
export const reading = ['GET', 'HEAD'] as const;
