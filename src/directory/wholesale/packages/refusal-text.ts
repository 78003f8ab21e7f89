// What Webex says where it refuses a change of packages.

import type { WebexRefused } from '../../../webex/errors.ts';

/** Webex's own words, without the route. */
export const refusalText = ({ message }: Pick<WebexRefused, 'message'>): string =>
  message.replace(/^Webex refused \S+ \S+ \([^)]*\)/, 'Webex refused');
