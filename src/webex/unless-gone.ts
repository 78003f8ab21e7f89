// Reads things of Webex that may be deleted before they are read.

import { WebexRefused } from './errors.ts';

/** Undefined where the thing is deleted, or hidden from us. */
export const unlessGone = <T>(reading: Promise<T>): Promise<T | undefined> => unlessRefused(reading, [403, 404, 410]);

/** Undefined where the thing is deleted. That we may not read it goes up. @throws WebexRefused, WebexUnavailable */
export const unlessDeleted = <T>(reading: Promise<T>): Promise<T | undefined> => unlessRefused(reading, [404, 410]);

async function unlessRefused<T>(reading: Promise<T>, statuses: readonly number[]): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WebexRefused && error.status !== undefined && statuses.includes(error.status))
      return undefined;
    throw error;
  }
}
