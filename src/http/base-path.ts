// The path of PUBLIC_URL, such as `/hub`: in front of every address that we give to browsers, whether the front strips it from requests or not.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';

/** `/hub` of `https://host/hub`; empty where the address has no path. */
export const basePathOf = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/$/, '');

/** While a request is answered. Pages are made far from it, and differ between services of one process in this alone. */
const answering = new AsyncLocalStorage<string>();

/** The base path of the service that answers the current request; empty outside of one. */
export const currentBasePath = (): string => answering.getStore() ?? '';

/** Takes the base path from the addresses of requests that have it, and lets pages know it. */
export function underBasePath(basePath: string): RequestHandler {
  return (request, _response, next) => {
    if (basePath !== '' && (request.url === basePath || request.url.startsWith(`${basePath}/`))) {
      request.url = request.url.slice(basePath.length) || '/';
    }
    // Node 20 makes every promise of a process dearer from the first `run` on: a service without a path has none.
    if (basePath === currentBasePath()) next();
    else answering.run(basePath, next);
  };
}
