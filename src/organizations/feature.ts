// Customers' records: added and edited by forms, deleted with days of grace.

import type { Feature } from '../feature.ts';
import { add } from './add.command.ts';
import { discardForm, saveOrganization } from './add.form.ts';
import { approveDeletion, confirmDeletion, declineDeletion, deleteCommand } from './delete/delete.command.ts';
import {
  deletionRefusedRenderer,
  deletionRequestedRenderer,
  organizationDeletedRenderer,
  organizationPurgedRenderer,
} from './delete/deletion.render.ts';
import { lookForDeletions, purgeJob } from './delete/purge.job.ts';
import { undo } from './delete/undo.command.ts';
import { edit } from './edit.command.ts';
import { editDraft, saveDraft, saveEdited } from './edit.form.ts';
import { label } from './labels/label.command.ts';
import { notify, notifyConfirmed } from './labels/notify.command.ts';
import { labelTreeHooks } from './labels/tree-hooks.ts';
import { move, moveOrganizationConfirmed } from './move.command.ts';
import { keySearchNames } from './organization-search.store.ts';
import { purgeDrafts } from './record-draft.store.ts';
import { draftDays } from './record-draft.ts';

export const organizations: Feature = {
  commands: [add, edit, move, label, notify, deleteCommand, undo],
  actions: [
    saveOrganization,
    saveEdited,
    saveDraft,
    editDraft,
    discardForm,
    moveOrganizationConfirmed,
    notifyConfirmed,
    confirmDeletion,
    approveDeletion,
    declineDeletion,
  ],
  notices: [
    deletionRequestedRenderer,
    deletionRefusedRenderer,
    organizationDeletedRenderer,
    organizationPurgedRenderer,
  ],
  jobs: [purgeJob],
  schedules: [{ job: 'look for deletions', pattern: ({ schedules }) => schedules.refresh, run: lookForDeletions }],
  retention: [{ what: 'drafts of records', days: draftDays, purge: purgeDrafts }],
  tree: labelTreeHooks,
  async start({ db, log }) {
    const count = await keySearchNames(db);
    if (count > 0) log.info({ count }, 'records of an earlier version can be found by name');
  },
};
