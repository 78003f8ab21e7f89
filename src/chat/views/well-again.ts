// Connections of which there was something to tell, and that were mended before it could be said.

import { NAMED_IN_NOTICE } from '../../notices/notice.ts';
import { submitButton } from '../buttons.ts';
import { shownName } from '../facts.ts';
import { message } from '../message.ts';
import type { Reply } from '../reply.ts';
import { type Several, stateWords } from './named-connections.ts';

/** Those that are named are well; of the others, up to `total`, nothing is known here. */
export function wellAgainReply({ rows, total, now }: Several): Reply {
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
      'What I had to tell was settled before this message could reach you.',
      ...(hidden > 0 ? [`${hidden} more were to be told of: type list.`] : []),
    ],
    facts: shown.map((row) => ({ title: shownName(row.name), value: stateWords(row, now) })),
    buttons: [submitButton('List organizations', { action: 'list' })],
  });
}
