// A route, as a subject declares it. The server knows no route by name.

import type { RequestHandler } from 'express';

/** How many requests a minute one address may send. Routes that share a limit object count together. */
export interface RouteLimit {
  readonly perMinute: number;
}

export interface Route<Deps> {
  /** As Express writes it: `/connect/:token`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'POST')[];
  readonly limit?: RouteLimit;
  /** Requested every few seconds by probes and pages, or logged by what it leads to: logged at the level debug only. */
  readonly isRoutine?: boolean;
  handle(deps: Deps): RequestHandler | readonly RequestHandler[];
}

/** A route with its parts bound. */
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

/** The methods of a route that only reads. */
export const reading = ['GET', 'HEAD'] as const;
