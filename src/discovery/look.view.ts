// What a look at a partner's organizations tells unasked, and why one could not be made.

import { button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted, inARow, shorten } from '../lib/text.ts';
import type { Named } from './discover.view.ts';

/** What a daily look found. */
export function managedFoundMessage(view: {
  readonly partner: Named;
  readonly new: number;
  readonly gone: number;
  /** Of the first ones. */
  readonly names?: { readonly new: readonly string[]; readonly gone: readonly string[] } | undefined;
}): CardMessage {
  const { partner, names } = view;
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
    texts: [namesWords('New', names?.new, view.new), namesWords('Not managed any more', names?.gone, view.gone)],
    buttons: [
      view.new > 0 ? emphasized(button('See what is new', 'discover', { ...about, sight: 'new' })) : null,
      view.gone > 0 ? button('See what is gone', 'discover', { ...about, sight: 'gone' }) : null,
    ],
    typed: md`Type **discover**.`,
  });
}

const NAME_OF_SEVERAL_MAX_CHARACTERS = 50;
const shownOfSeveral = (name: string): string => shorten(shownName(name), NAME_OF_SEVERAL_MAX_CHARACTERS);

/** `New: Acme, Borealis and 3 more.` Null where there is none, or an earlier version has named none. */
function namesWords(what: string, names: readonly string[] = [], total: number): string | null {
  if (names.length === 0) return null;
  const more = total > names.length ? [`${total - names.length} more`] : [];
  return `${what}: ${inARow([...names.map(shownOfSeveral), ...more])}.`;
}

/** What Webex has renamed since the look before. `first`: the first ones. */
export function managedRenamedMessage(view: {
  readonly partner: Named;
  readonly renamed: number;
  readonly first: readonly { readonly webexUuid: string; readonly name: string; readonly recordName: string }[];
}): CardMessage {
  const { partner, renamed, first } = view;
  const about = { partner_id: partner.id };
  return message({
    mark: '🔎',
    title: `${counted(renamed, 'organization')} of ${shownName(partner.name)} ${renamed === 1 ? 'has' : 'have'} another name at Webex now`,
    texts: [renamed > first.length ? `The first ${first.length}:` : null],
    blocks: [
      {
        kind: 'rows',
        rows: first.map(({ webexUuid, name, recordName }) => ({
          name: shownOfSeveral(recordName),
          state: `Webex calls it ${shownOfSeveral(name)} now`,
          button: button('Take the name', 'take-name', { ...about, webex_id: webexUuid }),
        })),
      },
    ],
    buttons: [button('See what was renamed', 'discover', { ...about, sight: 'renamed' })],
    typed: md`Type **discover renamed**.`,
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
