// The connect link: on to Webex's authorize page, or a page that says why not and how to get a new link.

import type { Response } from 'express';
import { messagePage } from '../../http/page.ts';
import { type RouteLimit, reading, route } from '../../http/route.ts';
import { type OpenLinkDeps, openConnectLink } from './open-link.ts';

const askAgain = 'Ask whoever sent you the link for a new one: they type “connect” and the name of your organization.';

/** Sends the page of a dead link. It is the same for used, expired and unknown links, so that nobody learns which links there were. */
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

/** One person opens a link a few times; an office shares one address. */
export const linkLimit: RouteLimit = { perMinute: 120 };

/** Opening a link does not redeem it: the browser is redirected, or reads why not. */
export const connectLinkRoute = route<OpenLinkDeps, { token: string }>({
  path: '/connect/:token',
  methods: reading,
  limit: linkLimit,
  handle: (deps) => async (request, response) => {
    const result = await openConnectLink(deps, { token: request.params.token });
    response.set('Cache-Control', 'no-store');
    if (result.outcome === 'open') {
      response.redirect(302, result.authorizeUrl);
      return;
    }
    sendDeadLink(response);
  },
});
