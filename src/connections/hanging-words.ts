// How much hangs on people, in words.

import { shownName } from '../chat/facts.ts';
import { capitalized, countedUpTo } from '../lib/text.ts';

/** `12 of 13 organizations hang on people, 12 on ada@acme.example.`; of more than a thousand, just that. Null where nothing is connected. */
export function hangingWords({
  total,
  onPeople,
  most,
}: {
  readonly total: number;
  readonly onPeople: number;
  readonly most: { readonly email: string; readonly count: number } | null;
}): string | null {
  if (total === 0) return null;
  const on = most ? `, ${countedUpTo(most.count)} on ${shownName(most.email)}` : '';
  const hanging = capitalized(countedUpTo(onPeople));
  return `${hanging} of ${countedUpTo(total, 'organization')} ${onPeople === 1 ? 'hangs' : 'hang'} on people${on}.`;
}
