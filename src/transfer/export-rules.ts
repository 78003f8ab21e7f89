// The words and limits of an export.

import { z } from 'zod';

/** Where in the order of names a file begins or ends: the `searchKey` of a name, and the record's id. */
export const exportKeySchema = z.object({ name: z.string(), id: z.uuid() });
export type ExportKey = z.infer<typeof exportKeySchema>;

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file has so many bytes at most: some 35,000 organizations. Webex takes files of up to 100 MB, one a message. */
export const fileBytes = 50_000_000;

/** How many are read from the database at a time. */
export const exportPage = 500;

/** `organizations.csv`, `organizations-2-of-3.json` */
export const exportFileName = (format: ExportFormat, part: number, parts: number): string =>
  parts === 1 ? `organizations.${format}` : `organizations-${part}-of-${parts}.${format}`;
