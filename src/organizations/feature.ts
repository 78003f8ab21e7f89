// Customers' records: added and edited by forms.

import type { Feature } from '../feature.ts';
import { add } from './add.command.ts';
import { discardForm, saveOrganization } from './add.form.ts';
import { edit } from './edit.command.ts';
import { saveEdited } from './edit.form.ts';
import { move, moveOrganizationConfirmed } from './move.command.ts';
import { keySearchNames } from './organization-search.store.ts';

export const organizations: Feature = {
  commands: [add, edit, move],
  actions: [saveOrganization, saveEdited, discardForm, moveOrganizationConfirmed],
  async start({ db, log }) {
    const count = await keySearchNames(db);
    if (count > 0) log.info({ count }, 'records of an earlier version can be found by name');
  },
};
