// The HTTP server: webhooks in, the connect link and the way back from consent, and the pages that people see on the way.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Log } from '../log.ts';
import { type ConnectDeps, connectLinkRoute } from './connect-link.ts';
import { oauthCallbackRoute } from './oauth-callback.ts';
import { messagePage, stylesheetPath } from './page.ts';
import { type TransactionPageDeps, transactionPageRoute } from './transaction-page.ts';
import { type WebhookDeps, webhookRoute } from './webhook.ts';

export type HttpDeps = ConnectDeps & TransactionPageDeps & WebhookDeps;

export interface HttpServer {
  /** Listens and returns the port that was bound. Call `serve` before anything is awaited: until then requests wait. */
  listen(port: number): Promise<number>;
  serve(deps: HttpDeps): void;
  /** Accepts no more and waits for requests under way, up to `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
}

/** Listening comes before serving, since our own address, which the routes need, may hang on the port that was free. */
export function createHttpServer(log: Log): HttpServer {
  const server = createServer();
  return {
    async listen(port) {
      await listening(server, port);
      return (server.address() as AddressInfo).port;
    },
    serve(deps) {
      server.on('request', createRoutes(deps, log));
    },
    async close(deadlineMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

function createRoutes(deps: HttpDeps, log: Log): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        // No form, no script, nothing from elsewhere, in nobody's frame.
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // The link's token stands in the path: it must not travel on to Webex's page.
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  app.get('/assets/style.css', (_request, response) => {
    response.sendFile(stylesheetPath, { maxAge: '1h' });
  });
  app.post('/webhooks/webex', ...webhookRoute(deps));
  app.get('/connect/:token', connectLinkRoute(deps));
  app.get('/oauth/callback', oauthCallbackRoute(deps));
  app.get('/transactions/:id', transactionPageRoute(deps));
  app.use(notFound);
  app.use(failed(log));
  return app;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const cure =
        error.code === 'EADDRINUSE' ? 'another program uses it: stop that, or set PORT to another' : error.code;
      reject(new Error(`PORT ${port} cannot be used (${cure}).`, { cause: error }));
    });
    server.listen(port, resolve);
  });
}

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

/** Express hands errors on here; what went wrong stands in the log and nowhere else. */
const failed =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error, method: request.method }, 'a request failed');
    if (response.headersSent) return next(error);
    response.status(status).send(
      messagePage({
        title: status >= 500 ? 'Something went wrong' : 'This request makes no sense',
        tone: 'bad',
        lines: ['Nothing was changed.'],
        hint: 'Try again in a minute. If it happens again, tell whoever sent you here.',
      }),
    );
  };

/** The 4xx that Express's own parsers give their errors; everything else is ours. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
