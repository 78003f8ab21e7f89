// The connect link, to be opened or passed on.

import { emphasized, linkButton } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import { deadlineWords } from '../../lib/time-words.ts';

const EMAIL_MAX_CHARACTERS = 120;
const BUTTON_NAME_MAX_CHARACTERS = 40;

export interface ConnectView {
  readonly organizationName: string;
  /** The one-time link. */
  readonly url: string;
  readonly expiresAt: Date;
  /** Who the record says will open the link. */
  readonly adminEmail: string | null;
  readonly now: Date;
}

/** A requested link, or one instead of a transaction that cannot be replayed without a consent. */
export function connectMessage(
  view: ConnectView & {
    readonly insteadOf?: { readonly transactionId: number; readonly why: 'never_stored' | 'lost' } | undefined;
  },
): CardMessage {
  const { insteadOf } = view;
  const why = insteadOf && `Transaction ${insteadOf.transactionId} cannot be replayed: ${reasons[insteadOf.why]}`;
  return linkMessage(`Connect ${shownName(view.organizationName)} to Webex`, view, why);
}

const reasons = {
  never_stored: 'its tokens were never stored, and Webex accepts a consent once. Here is a fresh link.',
  lost: 'its connection is lost. Here is a fresh link.',
};

/** The record has just been saved, and here is the link. */
export function savedMessage(view: ConnectView): CardMessage {
  return linkMessage(`${shownName(view.organizationName)} is saved. Now connect it to Webex.`, view);
}

function linkMessage(title: string, view: ConnectView, why: string | null = null): CardMessage {
  const { organizationName, url } = view;
  const who = view.adminEmail === null ? '' : `, such as ${shorten(view.adminEmail, EMAIL_MAX_CHARACTERS)},`;
  const name = shorten(organizationName, BUTTON_NAME_MAX_CHARACTERS);
  return message({
    title,
    texts: [
      why,
      `A full administrator of this organization${who} opens the link, signs in on Webex’s own page and accepts.`,
      `The link works once, and expires ${deadlineWords(view.expiresAt, view.now)}.`,
    ],
    blocks: [
      { kind: 'buttons', buttons: [emphasized(linkButton(`Connect ${name} to Webex`, url))] },
      { kind: 'link', text: 'To pass it on, copy this link:', url },
    ],
  });
}
