// Import and export: organizations from and to files.

import type { Feature } from '../feature.ts';
import { exportCommand } from './export.command.ts';
import { exportRenderer } from './export.render.ts';
import { cancelImportAction, confirmImportAction } from './import.action.ts';
import { importCommand } from './import.command.ts';
import { importJob } from './import.job.ts';
import {
  checkedRenderer,
  leftOutRenderer,
  linksRenderer,
  resultRenderer,
  templateRenderer,
  verdictsRenderer,
} from './import.render.ts';
import { purgeImports } from './import.store.ts';
import { importWorkflow } from './import.workflow.ts';
import { keptDays, pendingDays } from './import-rules.ts';

export const transfer: Feature = {
  commands: [importCommand, exportCommand],
  actions: [confirmImportAction, cancelImportAction],
  notices: [
    checkedRenderer,
    verdictsRenderer,
    templateRenderer,
    resultRenderer,
    leftOutRenderer,
    linksRenderer,
    exportRenderer,
  ],
  jobs: [importJob],
  workflows: [importWorkflow],
  retention: [
    {
      what: 'imports that nobody confirmed',
      days: pendingDays,
      purge: (db, batch) => purgeImports(db, batch, { pending: true }),
    },
    { what: 'imports', days: keptDays, purge: purgeImports },
  ],
};
