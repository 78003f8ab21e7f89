// Slips in the configuration that only Webex can tell: asked once a start, after it answers, and never in its way.

import { createHash } from 'node:crypto';
import { notifyMisconfigured } from '../connections/notify-misconfigured.ts';
import { readFlag, setFlag } from '../db/flags.ts';
import type { Parts } from '../parts.ts';
import { WebexRefused } from '../webex/errors.ts';
import { peopleOf } from '../webex/people.ts';

/** Set to the SHA-256 of the client id and secret that Webex has accepted: they are not asked about again. The secret is random and long. */
const acceptedFlag = 'integration accepted';

/** Asks in the background. What goes wrong is logged. */
export function lookForSlips(parts: Parts): void {
  if (!parts.looksForSlips) return;
  for (const look of [lookAtIntegration, lookAtAdmins]) {
    look(parts).catch((error: unknown) => {
      if (parts.shutdownSignal.aborted) return;
      parts.log.warn({ err: error }, 'Webex was asked about the configuration, and did not say');
    });
  }
}

/** Has Webex refuse a refresh token that cannot exist: it names `invalid_client` where it does not know the integration, and `invalid_grant` where it does. */
async function lookAtIntegration(parts: Parts): Promise<void> {
  const { db, clock, webex, oauth, shutdownSignal } = parts;
  const value = createHash('sha256').update(`${webex.clientId}\n${webex.clientSecret}`).digest('base64url');
  if ((await readFlag(db, acceptedFlag)) === value) return;
  try {
    await oauth.refresh({ refreshToken: 'hubkeeper-asks-whether-the-integration-is-known', lastTry: shutdownSignal });
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    if (error.code === 'invalid_client') {
      parts.log.error(
        { code: error.code },
        'WEBEX_CLIENT_ID or WEBEX_CLIENT_SECRET is wrong: Webex does not know them',
      );
      await notifyMisconfigured(parts, { code: error.code });
    } else if (error.code === 'invalid_grant' && !shutdownSignal.aborted) {
      await setFlag(db, { name: acceptedFlag, value, now: clock.now() });
    }
  }
}

async function lookAtAdmins({ bot, admins, log, shutdownSignal }: Parts): Promise<void> {
  const asking = bot.until(shutdownSignal);
  for (const email of admins) {
    try {
      if ((await peopleOf(asking, email)).length === 0) {
        log.warn(`ADMINS: Webex knows nobody with the e-mail ${email}; correct it, or remove it`);
      }
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      log.warn({ err: error }, `ADMINS: Webex does not say whether it knows ${email}`);
    }
  }
}
