// What a command or a form answers with.

import type { Notice } from '../notices/notice.ts';
import type { Reply } from './reply.ts';

/**
 * A reply as it stands, or a notice, which is rendered when it is delivered: the form for answers that hold a secret link, since
 * an answer that Webex did not take is saved and delivered later.
 */
export interface Answer {
  content: Reply | Notice;
  /** What the space is owed after the answer, each as a message of its own. */
  further?: readonly Notice[] | undefined;
  /** A message that goes away once the answer stands in the space. */
  replacesMessageId?: string | undefined;
}

export const isNotice = (content: Reply | Notice): content is Notice => 'kind' in content;
