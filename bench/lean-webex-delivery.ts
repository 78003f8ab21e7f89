// How the lean Webex sends events to a bot: signed, over connections that are kept open.

import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { bot, orgId } from './lean-webex-people.ts';

export interface Webhook {
  id: string;
  name: string;
  targetUrl: string;
  resource: string;
  event: string;
  secret?: string;
  status: string;
  created: string;
}

const agent = new Agent({ keepAlive: true });

/** Sends the event of a new message, without waiting for the answer. */
export function deliver(webhook: Webhook, data: { personId: string }): void {
  const { secret, ...shown } = webhook;
  const event = {
    ...shown,
    resource: 'messages',
    event: 'created',
    orgId,
    createdBy: bot.id,
    actorId: data.personId,
  };
  const body = JSON.stringify({ ...event, ownedBy: 'creator', data });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(secret ? { 'x-spark-signature': createHmac('sha1', secret).update(body).digest('hex') } : {}),
  };
  const delivery = request(webhook.targetUrl, { method: 'POST', agent, headers }, (answer) => answer.resume());
  delivery.on('error', () => {
    // The bot closed the idle connection at this moment, and has not seen the event.
    if (delivery.reusedSocket) deliver(webhook, data);
    // Else the bot is being stopped. A bot that does not answer is noticed by the load.
  });
  delivery.end(body);
}
