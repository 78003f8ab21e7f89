// The time zone in which times are written: that of whoever reads them. It belongs to the work under way, so that no view can forget to pass it on.

import { AsyncLocalStorage } from 'node:async_hooks';

const zoneOfReader = new AsyncLocalStorage<string>();

/** Runs `work`, in which every time is written in this IANA time zone. */
export const inTimeZone = <Result>(timeZone: string, work: () => Result): Result => zoneOfReader.run(timeZone, work);

/** The IANA time zone in which times are written now. UTC where nobody has said whom they are for. */
export const timeZoneOfReader = (): string => zoneOfReader.getStore() ?? 'UTC';
