// What the page in the browser and the message in the space say alike of a link that led to no connection.

import { deadlineWords } from '../../lib/time-words.ts';

/** Where a customer's full administrator allows and ends an app in Control Hub (help.webex.com, "Manage integrations"). */
export const CONTROL_HUB_PATH = 'Management > Apps > Integrations';

/** Where a full administrator authorizes and ends a service app (help.webex.com, "Service apps"). */
export const SERVICE_APPS_PATH = 'Management > Apps > Service Apps';

/** The link that was opened without a grant. */
export const linkStillWorks = (expiresAt: Date, now: Date): string =>
  `The same link still works; it expires ${deadlineWords(expiresAt, now)}.`;

/** What to do where Control Hub blocks the integration. The App ID is its client id. */
export const blockedHint = (appId: string): string =>
  `To allow it, a full administrator opens Control Hub, goes to ${CONTROL_HUB_PATH}, searches for the App ID ${appId}, and allows the app.`;
