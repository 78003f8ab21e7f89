// Why a refresh is tried again, and the code under which that is kept.

import { WebexRefused, type WebexUnavailable } from '../../webex/errors.ts';
import type { internalError } from './refresh-rules.ts';

/** No answer of Webex, a refusal that says nothing of the grant, or a fault of ours. */
export type WhyAgain = WebexUnavailable | WebexRefused | typeof internalError;

/** By which code it is kept: Webex's, the reason of an outage, or our own. */
export function codeOf(why: WhyAgain): string {
  if (typeof why === 'string') return why;
  return why instanceof WebexRefused ? why.code : why.reason;
}
