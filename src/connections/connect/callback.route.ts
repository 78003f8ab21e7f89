// The way back from Webex's consent page: on to the transaction's page, or a page that says what is missing.

import { z } from 'zod';
import type { TimeZoneOf } from '../../chat/place.ts';
import { onlyVisits } from '../../http/prefetch.ts';
import { reading, route } from '../../http/route.ts';
import type { PathSigner } from '../../http/signed-path.ts';
import { inTimeZone } from '../../lib/time-zone.ts';
import { transactionPath } from '../../transactions/transaction-path.ts';
import { type CompleteConnectionDeps, completeConnection } from './complete-connection.ts';
import { linkLimit, sendDeadLink } from './link.route.ts';
import type { ConnectLink } from './link.store.ts';
import { missingCodePage, refusedPage } from './link-pages.view.ts';

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

interface CallbackDeps extends CompleteConnectionDeps {
  paths: PathSigner;
  publicUrl: string;
  /** The integration's client id. */
  clientId: string;
  timeZoneOf: TimeZoneOf;
}

/**
 * Takes what Webex's redirect says, and sends the browser on so that the code leaves its address. This redeems the link, and so a request that only
 * looks ahead gets nothing.
 */
export const oauthCallbackRoute = route<CallbackDeps>({
  path: '/oauth/callback',
  methods: reading,
  limit: linkLimit,
  handle: (deps) => [
    onlyVisits,
    async (request, response) => {
      const result = await completeConnection(deps, callbackQuery.parse(request.query));
      response.set('Cache-Control', 'no-store');
      switch (result.outcome) {
        case 'started':
          // The code leaves the address bar, and a reload asks for nothing twice.
          response.redirect(303, transactionPath(deps, { id: result.transactionId, submittedAt: result.submittedAt }));
          break;
        case 'refused':
          response.send(
            await ofLink(deps, result, (times) => refusedPage({ ...result, ...times, appId: deps.clientId })),
          );
          break;
        case 'missing_code':
          response.status(400).send(await ofLink(deps, result, (times) => missingCodePage({ ...result, ...times })));
          break;
        case 'dead':
          await sendDeadLink(response, deps.db, result.link);
      }
    },
  ],
});

/** A page about a link, with the times of the space that asked for it. */
async function ofLink(
  { clock, timeZoneOf }: CallbackDeps,
  { link }: { link: ConnectLink },
  page: (times: { expiresAt: Date; now: Date }) => string,
): Promise<string> {
  return inTimeZone(await timeZoneOf(link), () => page({ expiresAt: link.expiresAt, now: clock.now() }));
}
