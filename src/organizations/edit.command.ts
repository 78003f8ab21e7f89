// `edit`: the form for an organization's record, filled with what stands there.

import type { Command } from '../chat/command.ts';
import { organizationForm } from './organization-form.view.ts';
import { resolveOrganization } from './resolve-organization.ts';

export const edit: Command = {
  name: 'edit',
  usage: 'edit <organization>',
  summary: 'Change an organization’s record with a form.',
  async run({ db }, input) {
    const meant = await resolveOrganization(db, { ...input, command: 'edit' });
    if ('answer' in meant) return meant.answer;
    return { content: organizationForm({ mode: 'edit', record: meant.found.organization }) };
  },
};
