// The buttons of a checked import: Confirm and Cancel.

import { z } from 'zod';
import type { Action } from '../chat/command.ts';
import { type ConfirmImportDeps, cancelImport, confirmImport } from './confirm-import.ts';
import { importCanceledMessage, importConfirmedMessage, notPendingMessage } from './import.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    confirm_import: { import_id: string };
    cancel_import: { import_id: string };
  }
}

const importIdIn = (inputs: object): string | undefined => z.uuid().safeParse(Reflect.get(inputs, 'import_id')).data;

export const confirmImportAction: Action<ConfirmImportDeps> = {
  name: 'confirm_import',
  async run(deps, { inputs, actor, place, standing, cardMessageId }) {
    const importId = importIdIn(inputs);
    if (importId === undefined) return { content: notPendingMessage('unknown') };
    const asked = { importId, actor, place, customerId: standing.customer.id };
    const confirmed = await confirmImport(deps, asked);
    if (confirmed.outcome !== 'begun') return { content: notPendingMessage(confirmed.outcome) };
    return { content: importConfirmedMessage(confirmed), replacesMessageId: cardMessageId };
  },
};

export const cancelImportAction: Action<ConfirmImportDeps> = {
  name: 'cancel_import',
  async run(deps, { inputs, actor, place, cardMessageId }) {
    const importId = importIdIn(inputs);
    const outcome = importId === undefined ? 'unknown' : await cancelImport(deps, { importId, actor, place });
    if (outcome !== 'canceled') return { content: notPendingMessage(outcome) };
    return { content: importCanceledMessage, replacesMessageId: cardMessageId };
  },
};
