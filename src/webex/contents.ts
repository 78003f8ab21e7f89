// The files of messages.

import type { WebexClient } from './client.ts';
import { WebexRefused, WebexUnavailable } from './errors.ts';
import type { WebexFile } from './file-reply.ts';

/**
 * What came of reading a file. `infected`: Webex found malware in it. `unscannable`: Webex cannot scan it, as with an encrypted file. `gone`: it was
 * deleted with its message, or is not the token's owner's to see.
 */
export type ReadContent = WebexFile | 'too_large' | 'infected' | 'unscannable' | 'gone';

/** The id in the address of a message's file; undefined where the address is none of Webex's. Only the id is used: the token goes to no other address. */
export const contentIdOf = (address: string): string | undefined => /\/contents\/([^/?#]+)$/.exec(address)?.[1];

/**
 * Reads a message's file. Webex scans files for malware: it answers 423 while it does, 410 where it found some, and 428 where it cannot scan
 * (developer.webex.com, REST API basics, "Message attachments"; OpenAPI, codes of /messages).
 * @throws WebexUnavailable while the file is being scanned, too, with the wait that Webex asks for
 */
export async function readContent(
  client: WebexClient,
  { id, mostBytes }: { id: string; mostBytes: number },
): Promise<ReadContent> {
  try {
    return await client.file('/contents/{id}', { params: { id } }, mostBytes);
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    switch (error.status) {
      case 410:
        return 'infected';
      case 428:
        return 'unscannable';
      case 403:
      case 404:
        return 'gone';
      // Without a Retry-After.
      case 423:
        throw new WebexUnavailable('Webex is still scanning the file.', {
          reason: 'rate_limited',
          route: error.route,
          status: error.status,
          trackingId: error.trackingId,
          untouched: true,
        });
      default:
        throw error;
    }
  }
}
