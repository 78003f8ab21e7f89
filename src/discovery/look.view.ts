// What a look at a partner's organizations tells unasked, and why one could not be made.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import type { Named } from './discover.view.ts';

/** What a daily look found. */
export function managedFoundMessage(view: {
  readonly partner: Named;
  readonly new: number;
  readonly gone: number;
}): CardMessage {
  const { partner } = view;
  const about = { partner_id: partner.id };
  const parts = [
    view.new > 0 ? `manages ${counted(view.new, 'organization')} that ${view.new === 1 ? 'is' : 'are'} not here` : null,
    view.gone > 0
      ? `does not manage ${counted(view.gone, 'organization')} any more that ${view.gone === 1 ? 'is' : 'are'} here`
      : null,
  ].filter((part) => part !== null);
  return message({
    mark: view.gone > 0 ? '⚠️' : '🔎',
    title: `${shownName(partner.name)} ${parts.join(', and ')}`,
    buttons: [
      view.new > 0 ? emphasized(button('See what is new', 'discover', { ...about, sight: 'new' })) : null,
      view.gone > 0 ? button('See what is gone', 'discover', { ...about, sight: 'gone' }) : null,
    ],
    typed: md`Type **discover**.`,
  });
}

/** Webex could not be asked with the partner's grant. */
export const notLookedMessage = (view: { readonly partner: Named; readonly why: string }): CardMessage =>
  message({
    mark: '⚠️',
    title: `${shownName(view.partner.name)} could not be asked what it manages`,
    texts: [view.why],
    buttons: [
      button('Reconnect', 'connect', { organization_id: view.partner.id }),
      button('Show', 'show', { organization_id: view.partner.id }),
    ],
  });
