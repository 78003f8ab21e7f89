// Who holds a license: asked at Webex when somebody wants to know, a page at a time. Nothing of it is kept.

import type { Organization } from '../../organizations/organization.store.ts';
import { type Holder, holdersPage } from '../../webex/directory.ts';
import { ifFound } from '../../webex/unless-gone.ts';
import { type AskDeps, askWebexOf } from '../ask-webex-of.ts';
import type { Unreadable } from '../sync/sync-rules.ts';
import { kindsNamed } from '../sync/sync-rules.ts';

/** How many people one card shows. */
export const HOLDERS_SHOWN = 20;

/** The people who hold the license, and where the rest of them is; `not_found` where Webex does not find the license. @throws WebexRefused, WebexUnavailable */
export async function whoHolds(
  deps: AskDeps,
  { organization, licenseId, from }: { organization: Organization; licenseId: string; from: string | null },
): Promise<{ holders: Holder[]; next: string | null } | { why: Unreadable | 'not_found' }> {
  const asked = await askWebexOf(deps, {
    organization,
    kinds: kindsNamed('licenses'),
    ask: (webex) => ifFound(holdersPage(webex, licenseId, { from, limit: HOLDERS_SHOWN })),
  });
  if ('why' in asked) return asked;
  if (!asked.answer) return { why: 'not_found' };
  const { value, next } = asked.answer;
  return { holders: value.users, next };
}
