// Whom Webex shows behind an e-mail now.

import { asciiLower } from '../lib/ascii.ts';
import type { WebexClient } from '../webex/client.ts';
import { isSameId } from '../webex/ids.ts';
import { type Person, peopleOf } from '../webex/people.ts';

/**
 * The person, with the Webex organization. Of several people with one address, only one of the bot's own organization is surely meant. Asks Webex once.
 * @param email in lower case
 * @returns `unknown`: nobody has it. `ambiguous`: several have it, and none or several of them are of the bot's own organization.
 * @throws WebexUnavailable, WebexRefused
 */
export async function personBehind(
  bot: WebexClient,
  { email, botOrgId }: { email: string; botOrgId: string },
): Promise<(Person & { orgId: string }) | 'unknown' | 'ambiguous'> {
  const found = (await peopleOf(bot, email)).flatMap((person) => {
    const { emails, type = 'person', orgId } = person;
    return type === 'person' && orgId !== undefined && asciiLower(emails[0] ?? '') === email
      ? [{ ...person, orgId }]
      : [];
  });
  const meant = found.length > 1 ? found.filter(({ orgId }) => isSameId(orgId, botOrgId)) : found;
  const [only] = meant;
  if (only && meant.length === 1) return only;
  return found.length === 0 ? 'unknown' : 'ambiguous';
}
