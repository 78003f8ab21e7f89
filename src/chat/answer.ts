// What a command or a form answers with.

import type { Message } from './message.ts';

/**
 * Something that a space is to be told, as it is saved: ids and plain facts, never a secret. Its text is made when it is delivered, by the subject that
 * knows its kind. Made by `noticeKind(…).of` only.
 */
export interface Notice {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/**
 * A message as it stands, or a notice, which is rendered when it is delivered: the form for answers that hold a secret link, since
 * an answer that Webex did not take is saved and delivered later.
 */
export interface Answer {
  content: Message | Notice;
  /** What the space is told after the answer, each as a message of its own. */
  further?: readonly Notice[] | undefined;
  /** A message that goes away once the answer stands in the space. */
  replacesMessageId?: string | undefined;
}

export const isNotice = (content: Message | Notice): content is Notice => 'kind' in content;
