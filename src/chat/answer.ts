// What a command or a form answers with.

import type { Message } from './message.ts';

/**
 * A notice as it is saved: ids and plain facts, never a secret. Its text is made when it is delivered, by the subject that knows its kind. Made by
 * `noticeKind(…).of` only.
 */
export interface Notice {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/**
 * A message, or a notice, which is rendered when it is delivered. An answer with a secret link must be a notice: an answer that Webex does not take is
 * saved, and a secret must not be.
 */
export interface Answer {
  content: Message | Notice;
  /** Notices that follow the answer, each as a message of its own. */
  further?: readonly Notice[] | undefined;
  /** The person may not do this: the audit keeps the attempt. */
  isRefusal?: boolean | undefined;
  /** A message that is deleted once the answer stands in the space. */
  replacesMessageId?: string | undefined;
}

export const isNotice = (content: Message | Notice): content is Notice => 'kind' in content;
