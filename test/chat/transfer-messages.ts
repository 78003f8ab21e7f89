// Every message of imports and exports, with one value in each place that others write.

import type { FileMessage, Message, TextMessage } from '../../src/chat/message.ts';
import { exportBegunMessage, exportMessage, nothingToExportMessage } from '../../src/transfer/export.view.ts';
import {
  howToImportMessage,
  importBegunMessage,
  importCanceledMessage,
  importCheckedMessage,
  importConfirmedMessage,
  importRefusedMessage,
  notPendingMessage,
  templateMessage,
  verdictsMessage,
} from '../../src/transfer/import.view.ts';
import {
  importResultMessage,
  leftOutMessage,
  linksMessage,
  noLinksMessage,
} from '../../src/transfer/import-result.view.ts';
import { ROW_OUTCOMES } from '../../src/transfer/import-rules.ts';
import { aTransaction } from '../helpers/transactions.ts';

const importId = '5f0c1c6e-38a0-4c3e-8d1c-1d2b6f1f7a10';
const at = new Date('2026-03-01T12:00:00Z');

/** Without the file: what stands beside it. */
const beside = ({ text }: FileMessage | TextMessage): TextMessage => ({ text });

export function transferMessages(value: string): Record<string, Message> {
  const file = { name: value, contentType: 'text/csv', bytes: Buffer.alloc(0) };
  const problems = Array.from({ length: 12 }, () => ({ what: value, hint: value }));
  const wrong = Array.from({ length: 5 }, (_, index) => ({
    number: index + 2,
    problems: [
      { field: 'customer' as const, message: value },
      { field: 'row' as const, message: value },
    ],
  }));
  const checked = { importId, fileName: value, passedOver: [value, value], wrong, lacking: 0 };
  const transaction = aTransaction({
    ...{ id: 12, action: 'import', organizationId: null, organizationName: value, requestedBy: value },
    ...{ status: 'fail', reason: 'canceled', message: value, hint: value, replayOf: null },
    ...{ submittedAt: at, startedAt: at, completedAt: at, cancelRequestedBy: value, cancelRequestedAt: at },
    steps: [{ name: 'import_rows', status: 'failed', message: value }],
  });
  return {
    'how to import': howToImportMessage,
    'import begun': importBegunMessage,
    'import template': beside(templateMessage(file)),
    'import checked': importCheckedMessage({ ...checked, counts: { new: 40, changed: 3, same: 5, wrong: 7 } }),
    'import that needs permissions': importCheckedMessage({
      ...checked,
      counts: { new: 0, changed: 3, same: 0, wrong: 0 },
      lacking: 2,
    }),
    'nothing to import': importCheckedMessage({ ...checked, counts: { new: 0, changed: 0, same: 5, wrong: 5 } }),
    'import refused': importRefusedMessage({ fileName: value, problems }),
    'import of a file without a name refused': importRefusedMessage({ fileName: '', problems: problems.slice(0, 1) }),
    'import verdicts': beside(verdictsMessage(file, 12)),
    'import confirmed': importConfirmedMessage({ transactionId: 12, rows: 43 }),
    'import canceled': importCanceledMessage,
    ...Object.fromEntries(
      (['unknown', 'already', 'expired', 'nothing'] as const).map((why) => [
        `import not pending, ${why}`,
        notPendingMessage(why),
      ]),
    ),
    'import ended': importResultMessage({
      transaction: { ...transaction, status: 'success' },
      outcomes: new Map([['created', 40]]),
    }),
    'import ended early': importResultMessage({
      transaction,
      outcomes: new Map(ROW_OUTCOMES.map((outcome, index) => [outcome, index + 1])),
    }),
    'import rows left out': beside(leftOutMessage(file, 3)),
    'import links': beside(linksMessage({ file, count: 40, expiresAt: at, now: at })),
    'import without links': noLinksMessage,
    'export begun': exportBegunMessage({ total: 12, parts: 1 }),
    'export of several files begun': exportBegunMessage({ total: 50_000, parts: 2 }),
    export: beside(exportMessage({ file, count: 12, part: 1, parts: 1 })),
    'export of several files': beside(exportMessage({ file, count: 12, part: 2, parts: 3 })),
    'export of nothing any more': beside(exportMessage({ file, count: 0, part: 1, parts: 1 })),
    'nothing to export': nothingToExportMessage({ isFiltered: false }),
    'nothing of these to export': nothingToExportMessage({ isFiltered: true }),
  };
}
