// Why a look says nothing of what a partner manages, as a sentence or two.

import { shorten } from '../lib/text.ts';

const CODE_MAX_CHARACTERS = 60;

/** `refused` with Webex's code. */
export function notLookedWords(
  looked: { outcome: 'not_connected' | 'empty' } | { outcome: 'refused'; code: string },
): string {
  switch (looked.outcome) {
    case 'not_connected':
      return 'Its own connection is lost, or was never made.';
    case 'empty':
      return 'Webex lists no organization besides its own. Whoever consented may have lost the role of a Partner Full Administrator, or it manages none. Nothing is marked as gone.';
    case 'refused':
      return `Webex refused the list (${shorten(looked.code, CODE_MAX_CHARACTERS)}). Whoever consented may lack the role of a Partner Full Administrator.`;
  }
}
