// `add`: the form for a new organization.

import { organizationForm } from '../views/organization-form.ts';
import type { Command } from './command.ts';

export const add: Command = {
  name: 'add',
  usage: 'add',
  summary: 'Add a customer’s Webex organization with a form.',
  async run(_deps, { argument }) {
    return { content: organizationForm({ mode: 'add', ...(argument === '' ? {} : { values: { name: argument } }) }) };
  },
};
