// The route for Webex's events. The signature is checked first, then the event is saved, acknowledged and handled.

import express, { type RequestHandler } from 'express';
import type { Log } from '../log.ts';
import { parseJson } from '../webex/answer.ts';
import { verifySignature } from '../webex/signature.ts';

export interface WebhookDeps {
  webhookSecret: string;
  log: Log;
}

/** Webex's envelopes are under 2 KB. */
const mostBytes = 64 * 1024;

/**
 * 401 where the signature is wrong, 400 where the body is no event, 200 once the event is saved. What fails after that, Webex need not send again.
 * @param receive takes a body whose signature was right; `malformed`: it is no event; resolves once the event is saved
 */
export function webhookHandlers(
  { webhookSecret, log }: WebhookDeps,
  receive: (body: unknown) => Promise<'accepted' | 'malformed'>,
): RequestHandler[] {
  return [
    // The signature is over the bytes as they came, so nothing may parse them first.
    express.raw({ type: () => true, limit: mostBytes, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      if (!Buffer.isBuffer(body) || !verifySignature(body, request.headers, webhookSecret)) {
        log.warn({ reason: 'signature' }, 'a webhook delivery was refused');
        response.status(401).end();
        return;
      }
      const accepted = await receive(parseJson(body.toString('utf8')));
      response.status(accepted === 'accepted' ? 200 : 400).end();
    },
  ];
}
