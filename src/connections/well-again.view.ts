// Connections that are well again before their notice could be delivered.

import { button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { type ConnectionSummary, stateWords } from './named-connections.view.ts';

/** The named ones are well. Of the others, up to `total`, nothing is known here. */
export function wellAgainMessage({ rows, total, now }: ConnectionSummary): CardMessage {
  const shown = rows.slice(0, NAMED_IN_NOTICE);
  const [first] = shown;
  const hidden = total - shown.length;
  return message({
    mark: '✅',
    title:
      shown.length === 1 && first
        ? `${shownName(first.name)} is well again`
        : `${shown.length} connections are well again`,
    texts: [
      'The problem was solved before this message could be sent.',
      hidden > 0 ? `${hidden} more: type list.` : null,
    ],
    facts: shown.map((row) => ({ title: shownName(row.name), value: stateWords(row, now) })),
    buttons: [button('List organizations', 'list')],
  });
}
