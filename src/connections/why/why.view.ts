// Why a connection was lost, as Control Hub's admin audit tells it.

import { shownName } from '../../chat/facts.ts';
import { shorten } from '../../lib/text.ts';
import { instantWords } from '../../lib/time-words.ts';
import type { GrantorEvent } from './grantor-event-rules.ts';

/** `nothing_seen`: the audit is read, and says nothing of whoever authorized the connection. */
export type Why =
  | {
      readonly kind: GrantorEvent;
      readonly at: Date;
      readonly actorName: string | null;
      readonly actorEmail: string | null;
      /** Webex's own sentence. */
      readonly words: string | null;
    }
  | 'nothing_seen';

const WORDS_MAX_CHARACTERS = 200;

const happened: Readonly<Record<GrantorEvent, string>> = {
  role: 'changed the administrator roles of whoever authorized it',
  password: 'reset the password of whoever authorized it',
  deleted: 'deleted whoever authorized it',
  integration: 'ended the access of an integration',
  other_integration: 'ended the access of an integration, perhaps of another one',
};

/** `Control Hub: Ada Lindqvist (ada@acme.example) reset the password of whoever authorized it, 5 Mar 2026, 09:00 UTC. “…”` */
export function whyWords(why: Why): string {
  if (why === 'nothing_seen') {
    return 'Control Hub’s admin audit, as far as I may read it, says nothing of whoever authorized it.';
  }
  const { kind, at, actorName, actorEmail, words } = why;
  const name = shownName(actorName ?? actorEmail ?? 'somebody');
  const who = actorName !== null && actorEmail !== null ? `${name} (${shownName(actorEmail)})` : name;
  const quote = words === null ? '' : ` Webex says: “${shorten(shownName(words), WORDS_MAX_CHARACTERS)}”`;
  return `Control Hub: ${who} ${happened[kind]}, ${instantWords(at)}.${quote}`;
}
