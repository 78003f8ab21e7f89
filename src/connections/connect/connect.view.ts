// The connect link, to be opened or passed on.

import { actionSets, emphasized, linkButton } from '../../chat/buttons.ts';
import { reply } from '../../chat/compose.ts';
import { shownName } from '../../chat/facts.ts';
import { link, md, paragraphs } from '../../chat/markdown.ts';
import { renderCard } from '../../chat/render.ts';
import type { Reply } from '../../chat/reply.ts';
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

/** A link that was asked for, or that is given in place of a transaction that cannot run again without a consent. */
export function connectReply(
  view: ConnectView & {
    readonly insteadOf?: { readonly transactionId: number; readonly why: 'never_stored' | 'lost' } | undefined;
  },
): Reply {
  const { insteadOf } = view;
  const why =
    insteadOf && `Transaction ${insteadOf.transactionId} cannot run again as it was: ${reasons[insteadOf.why]}`;
  return linkReply(`Connect ${shownName(view.organizationName)} to Webex`, view, why);
}

const reasons = {
  never_stored: 'its tokens were never stored, and Webex takes a consent once. Here is a fresh link.',
  lost: 'the connection that it made is lost. Here is a fresh link.',
};

/** The record has just been saved, and here is the link. */
export function savedReply(view: ConnectView): Reply {
  return linkReply(`${shownName(view.organizationName)} is saved. Now connect it to Webex.`, view);
}

function linkReply(title: string, view: ConnectView, why?: string): Reply {
  const who = view.adminEmail === null ? '' : `, such as ${shorten(view.adminEmail, EMAIL_MAX_CHARACTERS)},`;
  const instruction = `A full administrator of this organization${who} opens the link, signs in on Webex’s own page and accepts.`;
  const limits = `The link works once, and ends ${deadlineWords(view.expiresAt, view.now)}.`;
  return reply(
    paragraphs([
      md`**${title}**`,
      why === undefined ? null : md`${why}`,
      md`${instruction}`,
      link(view.url),
      md`${limits}`,
    ]),
    renderCard('connect', {
      title,
      color: 'default',
      texts: [...(why === undefined ? [] : [why]), instruction, limits],
      url: view.url,
      actionSets: actionSets([
        emphasized(
          linkButton(`Connect ${shorten(view.organizationName, BUTTON_NAME_MAX_CHARACTERS)} to Webex`, view.url),
        ),
      ]),
    }),
  );
}
