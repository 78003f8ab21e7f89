// The way back from Webex's consent page: on to the transaction's page, or a page that says what is missing.

import { z } from 'zod';
import { messagePage } from '../../http/page.ts';
import { route } from '../../http/route.ts';
import type { PathSigner } from '../../http/signed-path.ts';
import { transactionPath } from '../../transactions/transaction-path.ts';
import { type CompleteConnectionDeps, completeConnection } from './complete-connection.ts';
import { linkLimit, sendDeadLink } from './link.route.ts';

/** A parameter that came twice, or is absurdly long, counts as absent. */
const parameter = z.string().min(1).max(2048).optional().catch(undefined);
/** The characters that OAuth has for an error code (RFC 6749, section 4.1.2.1). */
const errorCode = parameter
  .pipe(
    z
      .string()
      .regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
      .optional(),
  )
  .catch(undefined);
const callbackQuery = z.object({ state: parameter, code: parameter, error: errorCode });

/** Takes what Webex's redirect says, and sends the browser on so that the code leaves its address. Not HEAD: this redeems the link. */
export const oauthCallbackRoute = route<CompleteConnectionDeps & { paths: PathSigner }>({
  path: '/oauth/callback',
  methods: ['GET'],
  limit: linkLimit,
  handle: (deps) => async (request, response) => {
    const result = await completeConnection(deps, callbackQuery.parse(request.query));
    response.set('Cache-Control', 'no-store');
    switch (result.outcome) {
      case 'started':
        // The code leaves the address bar, and a reload asks for nothing twice.
        response.redirect(
          303,
          transactionPath(deps.paths, { id: result.transactionId, submittedAt: result.submittedAt }),
        );
        break;
      case 'refused':
        response.send(refusedPage(result));
        break;
      case 'missing_code':
        response.status(400).send(missingCodePage(result));
        break;
      default:
        sendDeadLink(response);
    }
  },
});

function missingCodePage({ organizationName }: { organizationName: string }): string {
  return messagePage({
    title: 'Webex sent no authorization code',
    tone: 'bad',
    lines: [`${organizationName} was not connected. Nothing was stored.`],
    hint: 'Open the connect link again: it still works.',
  });
}

function refusedPage({ error, organizationName }: { error: string; organizationName: string }): string {
  const notConnected = `${organizationName} was not connected. Nothing was stored.`;
  if (error === 'access_denied') {
    return messagePage({
      title: 'You declined',
      tone: 'neutral',
      lines: [notConnected],
      hint: 'If that was a mistake, open the connect link again: it still works.',
    });
  }
  if (error === 'invalid_scope') {
    return messagePage({
      title: 'The integration lacks a permission',
      tone: 'bad',
      lines: [notConnected, 'Hubkeeper’s integration lacks a permission that this organization needs.'],
      hint: 'There is nothing for you to do. Whoever sent you the link was told what to fix.',
    });
  }
  return messagePage({
    title: 'Webex did not give access',
    tone: 'bad',
    lines: [notConnected, `Webex said: ${error.slice(0, 80)}.`],
    hint: 'Open the connect link again. If it happens again, tell whoever sent it to you.',
  });
}
