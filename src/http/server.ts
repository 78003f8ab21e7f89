// The HTTP server: it serves the routes that the subjects declare, and knows none of them by name.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import helmet from 'helmet';
import { willPass } from '../db/unavailable.ts';
import { onceFor } from '../lib/once-for.ts';
import type { Log } from '../log.ts';
import { underBasePath } from './base-path.ts';
import { closerOf } from './close-server.ts';
import { createEventStreams, type EventStreams } from './event-streams.ts';
import { only } from './methods.ts';
import { messagePage } from './page.ts';
import { limitPerAddress, trustedProxies } from './rate-limit.ts';
import { requestLog } from './request-log.ts';
import type { BoundRoute, RouteLimit } from './route.ts';

export interface HttpServer {
  /** The live streams of this process, which end with the server. */
  streams: EventStreams;
  /** Listens and returns the port that was bound. @throws where the port or the host cannot be used: a sentence that names the variable */
  listen(where: { port: number; host?: string | undefined }): Promise<number>;
  /** Answers requests by these routes, in place of those that were served before. `basePath`: that of our public address. */
  serve(routes: readonly BoundRoute[], basePath?: string): void;
  /** Accepts no more requests, ends live streams, and waits up to `deadlineMs` for the requests under way. */
  close(deadlineMs: number): Promise<void>;
}

/** How long a client may take to send a request, in milliseconds: its headers, and all of it. */
export interface Patience {
  headersTimeoutMs: number;
  requestTimeoutMs: number;
  /** How often connections are checked for these limits. */
  checkEveryMs: number;
}

const usualPatience: Patience = { headersTimeoutMs: 10_000, requestTimeoutMs: 20_000, checkEveryMs: 2000 };

/** Listens before it serves all: the routes need our own address, which may depend on the port that was free, and the database, which may take long. */
export function createHttpServer(log: Log, patience: Patience = usualPatience): HttpServer {
  const server = createServer({
    headersTimeout: patience.headersTimeoutMs,
    requestTimeout: patience.requestTimeoutMs,
    connectionsCheckingInterval: patience.checkEveryMs,
  });
  const close = closerOf(server);
  const streams = createEventStreams();
  let served: express.Express | undefined;
  return {
    streams,
    async listen(where) {
      await listening(server, where);
      return (server.address() as AddressInfo).port;
    },
    serve(routes, basePath = '') {
      if (served) server.off('request', served);
      served = createApp(routes, { log, basePath });
      server.on('request', served);
    },
    async close(deadlineMs) {
      streams.endAll();
      await close(deadlineMs);
    },
  };
}

function createApp(routes: readonly BoundRoute[], { log, basePath }: { log: Log; basePath: string }): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustedProxies);
  app.use(requestLog(log, routes));
  app.use(underBasePath(basePath));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        // No forms but where a page allows them (form.ts), nothing inline, nothing from elsewhere, and no frame around our pages.
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // The link's token stands in the path: it must not travel on to Webex's page.
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  const limiterOf = onceFor(({ perMinute }: RouteLimit) => limitPerAddress(perMinute));
  for (const { path, methods, limit, handlers } of routes) {
    app.all(path, only(...methods), ...(limit ? [limiterOf(limit)] : []), ...handlers);
  }
  app.use(notFound);
  app.use(failed(log));
  return app;
}

function listening(server: Server, { port, host }: { port: number; host?: string | undefined }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code } = error;
      const isOfHost = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
      const sentence = isOfHost
        ? `HOST ${host} cannot be used (${code}): give an address of this machine, or leave HOST out.`
        : `PORT ${port} cannot be used (${hints[code ?? ''] ?? code}).`;
      reject(new Error(sentence, { cause: error }));
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
}

const hints: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it: stop that, or set PORT to another',
  EACCES: 'the system keeps ports below 1024 for others: set PORT to a higher one',
};

const notFound: RequestHandler = (_request, response) => {
  response.status(404).send(
    messagePage({
      title: 'There is nothing here',
      tone: 'neutral',
      lines: ['This address leads nowhere.'],
      hint: 'If somebody sent you a connect link, open it as a whole: mail programs sometimes cut long links.',
    }),
  );
};

/** Handles errors of Express. What went wrong is logged, and not shown. */
const failed =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const isWaiting = willPass(error);
    const status = isWaiting ? 503 : statusOf(error);
    if (status >= 500)
      log.error({ err: error, method: request.method, requestId: response.locals['requestId'] }, 'a request failed');
    if (response.headersSent) return next(error);
    response.status(status).send(
      messagePage({
        title: isWaiting
          ? 'This takes a little longer'
          : status >= 500
            ? 'Something went wrong'
            : 'This request is not valid',
        tone: isWaiting ? 'neutral' : 'bad',
        // What was asked of the database may be done although its answer was lost.
        lines: [isWaiting ? 'The service cannot reach its database at the moment.' : 'Nothing was changed.'],
        hint: `${isWaiting ? 'Reload this page' : 'Try again'} in a minute. If it happens again, tell whoever sent you here.`,
      }),
    );
  };

/** The 4xx status of Express for a path that it cannot decode or a body that it refuses. Every other error is a 500. */
function statusOf(error: unknown): number {
  const isExpress = error instanceof URIError || (error instanceof Error && 'expose' in error);
  const status = isExpress && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
