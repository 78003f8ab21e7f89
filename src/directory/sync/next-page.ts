// Reads the next page of a list at Webex, wherever the one before has ended.

import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import type { AnyKind } from '../kind.ts';
import type { PageCursor } from './page-cursor.ts';

/** A list that goes on for longer leads back to where it was. */
const mostPages = 10_000;

export const forgottenWords = 'Webex has forgotten where its list went on: reading it again.';

/**
 * `forgotten`: Webex does not know the page any more that it had named as next; that is so once.
 * @throws whatever reading throws, and WebexUnavailable `malformed` where there is no end
 */
export async function nextPage<Page>(
  kind: Pick<AnyKind, 'kind' | 'nouns'>,
  cursor: PageCursor,
  read: (from: string | null) => Promise<Page>,
): Promise<Page | 'forgotten'> {
  if (cursor.pages >= mostPages) {
    const route = `a list of ${kind.nouns ?? kind.kind}`;
    throw new WebexUnavailable(`Webex answers with ${route} that cannot be followed: more than ${mostPages} pages.`, {
      ...{ reason: 'malformed', route },
    });
  }
  try {
    return await read(cursor.next);
  } catch (error) {
    const isForgotten = error instanceof WebexRefused && (error.status === 400 || error.status === 404);
    if (isForgotten && cursor.next !== null && !cursor.isAgain) return 'forgotten';
    throw error;
  }
}
