// The connect link, to be opened or passed on.

import { deadlineWords } from '../../domain/expiry-words.ts';
import { link, md, paragraphs, shorten } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, linkButton } from './buttons.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';

const EMAIL_MAX_CHARACTERS = 120;
const BUTTON_NAME_MAX_CHARACTERS = 40;

/**
 * `url` is the one-time link, which ends at `expiresAt`; `adminEmail` is who the record says will open it; `saved` is true
 * where this also tells that the record has just been saved.
 */
export function connectReply(view: {
  readonly organizationName: string;
  readonly url: string;
  readonly expiresAt: Date;
  readonly adminEmail?: string | null;
  readonly saved?: boolean;
  readonly now: Date;
}): Reply {
  const name = shownName(view.organizationName);
  const title = view.saved ? `${name} is saved. Now connect it to Webex.` : `Connect ${name} to Webex`;
  const who = view.adminEmail ? `, such as ${shorten(view.adminEmail, EMAIL_MAX_CHARACTERS)},` : '';
  const instruction = `A full administrator of this organization${who} opens the link, signs in on Webex’s own page and accepts.`;
  const limits = `The link works once, and ends ${deadlineWords(view.expiresAt, view.now)}.`;
  return reply(
    paragraphs([md`**${title}**`, md`${instruction}`, link(view.url), md`${limits}`]),
    renderCard('connect', {
      title,
      color: 'default',
      texts: [instruction, limits],
      url: view.url,
      actionSets: actionSets([
        linkButton(`Connect ${shorten(view.organizationName, BUTTON_NAME_MAX_CHARACTERS)} to Webex`, view.url),
      ]),
    }),
  );
}
