// Grants that lack scopes: what does not work, and who must reconnect.

import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import type { Message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import { holderWords } from './connection-words.ts';
import { askWords, type ContactView, contactFacts } from './contact.view.ts';
import { describeScope, whoPermits } from './scopes.ts';
import { impairedMessage } from './summary.view.ts';
import type { Way } from './ways/ways.ts';

export interface MissingScopesRow extends ContactView {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly way: Way;
  readonly authorizedEmail: string | null;
  readonly missing: readonly string[];
}

const WORDS_MAX_CHARACTERS = 150;

/** Once each: of several organizations it need not be the same. */
const whoMustReconnect = (rows: readonly MissingScopesRow[]): string =>
  [...new Set(rows.map(({ missing }) => whoPermits(missing)))].join(' ');

/** `rows` are those that are named; `total` counts the others too. */
export function missingScopesMessage(view: {
  readonly rows: readonly MissingScopesRow[];
  readonly total: number;
}): Message {
  const { rows, total } = view;
  const [first] = rows;
  if (first === undefined) return { text: md`✅ Every organization has the permissions that its record needs.` };
  const hidden = total - rows.length;
  return impairedMessage({
    title: `${total === 1 ? `${shownName(first.name)} needs` : `${total} organizations need`} permissions that were not granted`,
    factsOfOne: contactFacts(first),
    rows: rows.map(({ missing, ...row }) => {
      const { id, name } = row;
      const words = shorten(`to ${missing.map(describeScope).join('; to ')}`, WORDS_MAX_CHARACTERS);
      return {
        id,
        name,
        state: `not permitted: ${words}; ${holderWords(row)}${total === 1 ? '' : askWords(row, row.authorizedEmail)}`,
      };
    }),
    total,
    texts: [
      `Everything else works. ${whoMustReconnect(rows)}`,
      hidden > 0 ? `${hidden} more: type show with a name.` : null,
    ],
    reconnectMends: true,
  });
}
