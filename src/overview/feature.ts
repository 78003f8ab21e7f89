// Overview: lists and pages in which several subjects meet.

import type { Feature } from '../feature.ts';
import { audit } from './audit.command.ts';
import { auditExportRenderer } from './audit-export.render.ts';
import { list } from './list.command.ts';
import { onboard } from './onboard.command.ts';
import { show } from './show.command.ts';
import { transactions } from './transactions.command.ts';

export const overview: Feature = {
  commands: [list, show, transactions, onboard, audit],
  notices: [auditExportRenderer],
};
