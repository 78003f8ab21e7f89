// `edit`: the form for an organization's record, filled with what stands there.

import type { Command } from '../command.ts';
import { findMeant } from '../find-organization.ts';
import { organizationForm } from '../views/organization-form.ts';

export const edit: Command = {
  name: 'edit',
  usage: 'edit <organization>',
  summary: 'Change an organization’s record with a form.',
  async run({ db }, input) {
    const meant = await findMeant(db, { ...input, command: 'edit' });
    if ('answer' in meant) return meant.answer;
    return { content: organizationForm({ mode: 'edit', record: meant.found.organization }) };
  },
};
