// Why Webex refuses a read, in words. Webex says no more than a status.

import type { WebexRefused } from './errors.ts';

type Refusal = Pick<WebexRefused, 'status'> | { status: number | undefined };

/** `whoever authorized the connection may not read it`: a part of a sentence; undefined where the status says nothing that people know. */
export function refusedWords({ status }: Refusal): string | undefined {
  switch (status) {
    case 401:
      return 'the access token is not accepted';
    case 403:
      return 'whoever authorized the connection may not read it';
    case 404:
      return 'Webex shows no such thing to whoever authorized the connection';
    case 405:
      return 'Webex does not offer it to this organization, which may lack a license';
    default:
      return undefined;
  }
}
