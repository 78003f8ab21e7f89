// What of imports and exports is saved to be told: ids and what was asked. Files are made when they are delivered, of what whoever asked may see then.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';
import { EXPORT_FORMATS, exportKeySchema } from './export-rules.ts';

/** Whom a file is for. */
const askedBy = z.object({ personId: z.string(), email: z.string() });

/** The card with the verdicts of a file, or why it was refused. */
export const importCheckedNotice = noticeKind('import_checked', { importId: z.uuid() });

/** The verdict of each row, as a file. */
export const importVerdictsNotice = noticeKind('import_verdicts', { importId: z.uuid() });

/** An empty file with the names of the columns. */
export const importTemplateNotice = noticeKind('import_template', {});

/** How an import has ended. */
export const importResultNotice = noticeKind('import_result', { transactionId: z.int() });

/** The rows that were confirmed and not written, as a file. */
export const importLeftOutNotice = noticeKind('import_left_out', { importId: z.uuid() });

/** A connect link for each new organization, as a file: those behind this row. The links are made when it is delivered, and are never stored. */
export const importLinksNotice = noticeKind('import_links', { importId: z.uuid(), after: z.int() });

export const exportNotice = noticeKind('export', {
  format: z.enum(EXPORT_FORMATS),
  /** What was asked for, as a button of a list sends it. */
  query: z.record(z.string(), z.string()),
  askedBy,
  after: exportKeySchema.nullable(),
  until: exportKeySchema.nullable(),
  part: z.int(),
  parts: z.int(),
});
