// Customers' records: added and edited by forms.

import type { Feature } from '../feature.ts';
import { add } from './add.command.ts';
import { discardForm, saveOrganization } from './add.form.ts';
import { edit } from './edit.command.ts';
import { saveEdited } from './edit.form.ts';

export const organizations: Feature = {
  commands: [add, edit],
  actions: [saveOrganization, saveEdited, discardForm],
};
