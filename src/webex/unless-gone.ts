// Reads things of Webex that may be deleted before they are read.

import { WebexRefused } from './errors.ts';

/** Undefined where the thing is deleted, or hidden from us. */
export const unlessGone = <T>(reading: Promise<T>): Promise<T | undefined> => unlessRefused(reading, [403, 404, 410]);

/** Undefined where Webex does not find the thing: it is deleted, or not for this grant to see. @throws WebexRefused, WebexUnavailable */
export const ifFound = <T>(reading: Promise<T>): Promise<T | undefined> => unlessRefused(reading, [404]);

async function unlessRefused<T>(reading: Promise<T>, statuses: readonly number[]): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof WebexRefused && error.status !== undefined && statuses.includes(error.status))
      return undefined;
    throw error;
  }
}
