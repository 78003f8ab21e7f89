// Why a connection was lost, as Control Hub's admin audit tells it.

import { shownName } from '../../chat/facts.ts';
import { shorten } from '../../lib/text.ts';
import { instantWords } from '../../lib/time-words.ts';
import type { GrantorEvent } from './grantor-event-rules.ts';

/** `nothing_seen`: the audit was read, and says nothing of whoever authorized the connection. `not_read`: it was not, or not yet. */
export type Why =
  | {
      readonly kind: GrantorEvent;
      readonly at: Date;
      readonly actorName: string | null;
      readonly actorEmail: string | null;
      /** Webex's own sentence. */
      readonly words: string | null;
    }
  | 'nothing_seen'
  | 'not_read';

/** The same of one of several grantors. */
export interface WhyOfGrantor {
  readonly email: string;
  readonly why: Why;
}

const WORDS_MAX_CHARACTERS = 200;

const happened: Readonly<Record<GrantorEvent, (whom: string) => string>> = {
  role: (whom) => `changed the administrator roles of ${whom}`,
  password: (whom) => `reset the password of ${whom}`,
  deleted: (whom) => `deleted ${whom}`,
  integration: () => 'ended the access of an integration',
  other_integration: () => 'ended the access of an integration, perhaps of another one',
};

/** `Control Hub: Ada Lindqvist (ada@acme.example) reset the password of whoever authorized it, 5 Mar 2026, 09:00 UTC. “…”` */
export function whyWords(why: Why): string {
  const said = sentence(why, 'whoever authorized it');
  if (typeof why === 'string' || why.words === null) return said;
  return `${said} Webex says: “${shorten(shownName(why.words), WORDS_MAX_CHARACTERS)}”`;
}

/** The same of one of several grantors, named, without Webex's own sentence. */
export const whyWordsOf = ({ email, why }: WhyOfGrantor): string => sentence(why, shownName(email));

function sentence(why: Why, whom: string): string {
  if (why === 'nothing_seen') return `Control Hub’s admin audit says nothing of ${whom}.`;
  if (why === 'not_read')
    return `What happened to ${whom} is not known: Control Hub’s admin audit could not be read yet.`;
  const { kind, at, actorName, actorEmail } = why;
  const name = shownName(actorName ?? actorEmail ?? 'somebody');
  const who = actorName !== null && actorEmail !== null ? `${name} (${shownName(actorEmail)})` : name;
  return `Control Hub: ${who} ${happened[kind](whom)}, ${instantWords(at)}.`;
}
