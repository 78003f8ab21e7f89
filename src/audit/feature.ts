// The audit: who changed, read or tried what, as a chain that shows removed and altered entries. Every subject appends to it.

import type { Feature } from '../feature.ts';
import { auditFigures } from './audit-figures.ts';
import { noteHead } from './note-head.ts';

export const audit: Feature = {
  figures: [auditFigures],
  start: noteHead,
  schedules: [{ job: 'note the audit’s end', pattern: '3-59/10 * * * *', run: noteHead }],
};
