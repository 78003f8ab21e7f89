// Headers of every page: no script, style or connection from elsewhere, and forms that may lead only back to the integration's own addresses.

import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { World } from './world.ts';

export function contentSecurity(world: World): RequestHandler {
  return (request, response, next) => {
    // A browser holds a form's redirect against form-action too, and the redirect addresses can grow while we run.
    const redirectOrigins = world.integration.redirectUris.map((uri) => new URL(uri).origin);
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          // Adaptive Cards set their spacing by the style property of elements, which is no inline style to the policy.
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
