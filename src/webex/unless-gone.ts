// Reads things of Webex that may be deleted before they are read.

import { WebexRefused } from './errors.ts';

/** Undefined where the thing is deleted, or hidden from us. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WebexRefused && (error.status === 403 || error.status === 404 || error.status === 410))
      return undefined;
    throw error;
  }
}
