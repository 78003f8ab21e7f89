// `add`: the form for a new organization.

import type { Command } from '../command.ts';
import { organizationForm } from '../views/organization-form.ts';

export const add: Command = {
  name: 'add',
  usage: 'add',
  summary: 'Add a customer’s Webex organization with a form.',
  async run(_deps, { argument }) {
    return { content: organizationForm({ mode: 'add', ...(argument === '' ? {} : { values: { name: argument } }) }) };
  },
};
