// The time zone in which times are written: that of whoever reads them. It belongs to the work under way, so that no view can forget to pass it on.

import { AsyncLocalStorage } from 'node:async_hooks';

const zoneOfReader = new AsyncLocalStorage<string>();

/**
 * Runs `work`, in which every time is written in this IANA time zone. Where that zone counts already, nothing is followed: Node 20 makes every promise of a
 * process dearer from the first `run` on.
 */
export const inTimeZone = <Result>(timeZone: string, work: () => Result): Result =>
  timeZone === timeZoneOfReader() ? work() : zoneOfReader.run(timeZone, work);

/** The IANA time zone in which times are written now. UTC where nobody has said whom they are for. */
export const timeZoneOfReader = (): string => zoneOfReader.getStore() ?? 'UTC';

/** Whether it is the name of a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
