// The connect link: on to Webex's authorize page, or a page that says why not and how to get a new link.

import type { RequestHandler } from 'express';
import type { CompleteConnectionInput, CompleteConnectionResult } from '../flows/complete-connection.ts';
import type { OpenConnectLinkResult } from '../flows/open-connect-link.ts';
import { messagePage } from './page.ts';

export interface ConnectDeps {
  openLink(input: { token: string }): Promise<OpenConnectLinkResult>;
  completeConnection(input: CompleteConnectionInput): Promise<CompleteConnectionResult>;
  /** Where the page of a transaction is: an unguessable path. */
  transactionPath(transaction: { id: number; submittedAt: Date }): string;
}

const askAgain = 'Ask whoever sent you the link for a new one: they type “connect” and the name of your organization.';

/** The page of a link that leads nowhere any more. The same for every reason that a stranger could try out. */
export function linkPage(reason: 'unknown' | 'used' | 'expired'): { status: number; html: string } {
  const pages = {
    unknown: {
      status: 404,
      title: 'This link is not known here',
      line: 'It may have been cut when it was sent or copied.',
    },
    used: { status: 410, title: 'This link has been used', line: 'A connect link works once.' },
    expired: { status: 410, title: 'This link has expired', line: 'A connect link works for 24 hours.' },
  } as const;
  const { status, title, line } = pages[reason];
  return { status, html: messagePage({ title, tone: 'neutral', lines: [line], hint: askAgain }) };
}

export function connectLinkRoute({ openLink }: Pick<ConnectDeps, 'openLink'>): RequestHandler<{ token: string }> {
  return async (request, response) => {
    const result = await openLink({ token: request.params.token });
    response.set('Cache-Control', 'no-store');
    if (result.outcome === 'open') {
      response.redirect(302, result.authorizeUrl);
      return;
    }
    const { status, html } = linkPage(result.outcome);
    response.status(status).send(html);
  };
}
