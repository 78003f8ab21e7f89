// The route for Webex's events. The signature is checked first, then the event is saved, acknowledged and handled.

import express, { type RequestHandler } from 'express';
import type { Log } from '../log.ts';
import { verifySignature } from '../webex/signature.ts';

/** Where Webex delivers, below our own address. */
export const webhookPath = '/webhooks/webex';

export interface WebhookDeps {
  webhookSecret: string;
  log: Log;
}

/** Webex's envelopes are under 2 KB. A larger body than this is refused with 413 before its signature can be known. */
const mostBytes = 1024 * 1024;

/**
 * 401 where the signature is wrong, else 200 once the event is saved, or is found to be none: Webex counts every other answer as a failure, and disables the
 * webhook after a hundred. What fails after that, Webex need not send again.
 * @param receive takes a body whose signature was right; resolves once the event is saved; throws only where it cannot be saved now
 */
export function webhookHandlers(
  { webhookSecret, log }: WebhookDeps,
  receive: (body: string) => Promise<void>,
): RequestHandler[] {
  return [
    // Whatever a header says of their encoding: the signature is over the bytes as they came, and they are never inflated.
    (request, _response, next) => {
      delete request.headers['content-encoding'];
      next();
    },
    // The signature is over the bytes as they came, so nothing may parse them first.
    express.raw({ type: () => true, limit: mostBytes, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      if (!Buffer.isBuffer(body) || !verifySignature(body, request.headers, webhookSecret)) {
        log.warn({ reason: 'signature' }, 'a webhook delivery was refused');
        response.status(401).end();
        return;
      }
      await receive(body.toString('utf8'));
      response.status(200).end();
    },
  ];
}
