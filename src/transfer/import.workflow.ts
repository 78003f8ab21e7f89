// The writing of an import, as a workflow: its rows in one step, or in four where they are many.

import type { Step, Workflow } from '../transactions/workflow.ts';
import { endImport } from './end-import.ts';
import { importAction, WRITE_ALL_STEP, WRITE_STEPS } from './import-rules.ts';
import { importResultNotice } from './transfer.notice.ts';
import { type WriteRowsDeps, writeRows } from './write-rows.ts';

const quarters = ['first', 'second', 'third', 'last'] as const;

const writeStep = (name: string, title: string): Step<WriteRowsDeps> => ({
  name,
  title,
  run: (deps, transaction) => writeRows(deps, transaction, name),
});

export const importWorkflow: Workflow<WriteRowsDeps> = {
  action: importAction,
  title: 'Import',
  steps: [
    writeStep(WRITE_ALL_STEP, 'Write the rows'),
    ...WRITE_STEPS.map((name, at) => writeStep(name, `Write the ${quarters[at]} quarter of the rows`)),
  ],
  audience: 'administrators',
  outcome: (_transaction, organizations) => `${organizations} were imported`,
  canceled: () => ({
    message: 'What was written before stays.',
    hint: 'To write the rest, send the file again with import: rows that were written are the same then.',
  }),
  result: importResultNotice,
  ended: endImport,
  notReplayed: {
    what: 'An import is not replayed: the file is not kept.',
    hint: 'Send the file again with the word import. Rows that were written are the same then, and only the rest is written.',
  },
  replay: () => Promise.reject(new Error('an import is not replayed')),
};
