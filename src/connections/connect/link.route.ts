// The connect link: on to Webex's authorize page, or a page that says why not and how to get a new link.

import type { RequestHandler, Response } from 'express';
import { messagePage } from '../../http/page.ts';
import type { CompleteConnectionInput, CompleteConnectionResult } from './complete-connection.ts';
import type { OpenConnectLinkResult } from './open-link.ts';

export interface ConnectDeps {
  openLink(input: { token: string }): Promise<OpenConnectLinkResult>;
  completeConnection(input: CompleteConnectionInput): Promise<CompleteConnectionResult>;
  /** Where the page of a transaction is: an unguessable path. */
  transactionPath(transaction: { id: number; submittedAt: Date }): string;
}

const askAgain = 'Ask whoever sent you the link for a new one: they type “connect” and the name of your organization.';

/**
 * Sends the page of a link that leads nowhere: to the letter the same whether it was used, has expired, or never existed, so that nobody
 * learns which links there were. Whoever holds a real one reads what to do all the same.
 */
export function sendDeadLink(response: Response): void {
  response
    .status(410)
    .set('Cache-Control', 'no-store')
    .send(
      messagePage({
        title: 'This link does not work',
        tone: 'neutral',
        lines: [
          'This link has been used or has expired, or it was cut when it was sent or copied.',
          'A connect link works once, and for 24 hours. Nothing was changed.',
        ],
        hint: askAgain,
      }),
    );
}

/** Opening a link uses nothing up: the browser is sent on, or reads why not. */
export function connectLinkRoute({ openLink }: Pick<ConnectDeps, 'openLink'>): RequestHandler<{ token: string }> {
  return async (request, response) => {
    const result = await openLink({ token: request.params.token });
    response.set('Cache-Control', 'no-store');
    if (result.outcome === 'open') {
      response.redirect(302, result.authorizeUrl);
      return;
    }
    sendDeadLink(response);
  };
}
