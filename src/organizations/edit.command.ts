// `edit`: the form for an organization's record, filled with what stands there.

import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import { resolveOrganization } from './organization.lookup.ts';
import { organizationForm } from './organization-form.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    edit: { organization_id: string };
  }
}

export const edit: Command<{ db: Db }> = {
  name: 'edit',
  usage: 'edit <organization>',
  summary: 'Change an organization’s record with a form.',
  group: 'Organizations',
  examples: ['edit acme'],
  async run({ db }, input) {
    const resolved = await resolveOrganization(db, { ...input, command: 'edit' });
    if ('answer' in resolved) return resolved.answer;
    return { content: organizationForm({ mode: 'edit', record: resolved.found }) };
  },
};
