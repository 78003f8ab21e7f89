// `add`: the form for a new organization.

import type { Command } from '../chat/command.ts';
import { organizationForm } from './organization-form.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    add: object;
  }
}

export const add: Command<unknown> = {
  name: 'add',
  usage: 'add',
  summary: 'Add a customer’s Webex organization with a form.',
  group: 'Organizations',
  examples: ['add Acme Robotics'],
  async run(_deps, { argument }) {
    return { content: organizationForm({ mode: 'add', ...(argument === '' ? {} : { values: { name: argument } }) }) };
  },
};
