// Things in Webex may go while we are on our way to them.

import { WebexRefused } from './errors.ts';

/** Undefined where the thing was deleted, or is hidden from us, before we could read it. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WebexRefused && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
