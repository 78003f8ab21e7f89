// The answer with a connect link: what the administrator reads, and the text to forward to the customer.

import type { Actor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import { connectForwardNotice, connectLinkNotice } from './connect.notice.ts';

/** The link itself is made where the answer is delivered. */
export function linkAnswer(organizationId: string, { email, personId }: Pick<Actor, 'email' | 'personId'>): Answer {
  const about = { organizationId, askedBy: email, askedById: personId };
  return { content: connectLinkNotice.of(about), further: [connectForwardNotice.of(about)] };
}
