// What the steps of a connect transaction say alike.

import type { WebexRefused } from '../../domain/errors.ts';

export const newLinkCure = 'Ask for a new link with “connect”.';

/** `http_403 at GET /people/me, tracking id ROUTERGW_…`: what Cisco's support asks for. */
export function inShort(error: WebexRefused): string {
  return [`${error.code} at ${error.route}`, ...(error.trackingId ? [`tracking id ${error.trackingId}`] : [])].join(
    ', ',
  );
}
