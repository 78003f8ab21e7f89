// What holds for every page and door: no stack traces in answers, and headers that allow no script, style or connection from elsewhere.

import type { ErrorRequestHandler, RequestHandler } from 'express';
import helmet from 'helmet';
import type { World } from './world.ts';

export function contentSecurity(world: World): RequestHandler {
  return (request, response, next) => {
    // Forms may lead only back to the integration's own addresses. A browser holds a form's redirect against form-action too, and the redirect addresses can grow while we run.
    const redirectOrigins = world.integration.redirectUris.map((uri) => new URL(uri).origin);
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'https:', 'data:'],
          connectSrc: ["'self'"],
          formAction: ["'self'", ...new Set(redirectOrigins)],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
      crossOriginEmbedderPolicy: false,
    })(request, response, next);
  };
}

/** The names of this machine. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Refuses requests that call us by another name than this machine's or one of `hosts`: a page of another site has its name lead here. */
export function ownHostsOnly(hosts: readonly string[]): RequestHandler {
  const own = [...loopbackHosts, ...hosts];
  return (request, response, next) => {
    if (own.includes(request.hostname)) return next();
    response.status(403).json({ message: 'The simulator answers to the names of this machine alone.' });
  };
}

/** Answers what a body parser or a bug threw: with its status where it has one, else with a 500 that is reported. */
export const answerErrors: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = Number.isInteger(error?.status) ? error.status : 500;
  if (status >= 500) console.error('The simulator failed while it answered a request.', error);
  const message = status >= 500 ? 'Something went wrong on the server.' : String(error?.message);
  response.status(status).json({ message, errors: [{ description: message }] });
};
