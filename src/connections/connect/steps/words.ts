// What the steps of a connect transaction say alike.

import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexRefused } from '../../../webex/errors.ts';

export const newLinkHint = 'Ask for a new link with “connect”.';

/** The link that was used has been given back. */
export const sameLinkHint = 'The same link works again: open it once more. Or ask for a new link with “connect”.';

/** The same where tokens were entered. */
export const newTokenLinkHint = 'Ask for a new link with “connect”, the organization’s name and “tokens”.';

/** Entered tokens that Webex has refreshed once may be no good any more. */
export const mayBeReplaced = 'Webex may have replaced the refresh token: generate new ones.';

const lost = { outcome: 'failed', fatal: true, reason: 'grant_lost', message: 'The tokens were lost.' } as const;

/** The grant of an earlier step is missing. */
export const grantLost: StepResult = { ...lost, hint: newLinkHint };

/** The same of tokens that were entered. */
export const tokensLost: StepResult = { ...lost, hint: newTokenLinkHint };

/** `http_403 at GET /people/me, tracking id ROUTERGW_…`: what Cisco's support asks for. */
export function inShort(error: WebexRefused): string {
  return [`${error.code} at ${error.route}`, ...(error.trackingId ? [`tracking id ${error.trackingId}`] : [])].join(
    ', ',
  );
}
