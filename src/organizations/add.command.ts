// `add`: the form for a new organization.

import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import { offeredCustomer } from './customer-of-form.ts';
import { organizationForm } from './organization-form.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** `customer_id`: the node that the form offers; that of the space by default. `name` and `account_number_external`: what it holds. */
    add: { customer_id?: string; name?: string; account_number_external?: string };
  }
}

export const add: Command<{ db: Db }> = {
  name: 'add',
  usage: 'add',
  summary: 'Add a customer’s Webex organization with a form.',
  group: 'Organizations',
  examples: ['add Acme Robotics'],
  async run({ db }, input) {
    const customer = await offeredCustomer(db, input);
    // A customer's organization mostly has the customer's name.
    const typed = input.argument === '' && customer.node?.kind === 'customer' ? customer.node.name : input.argument;
    const { name = typed, account_number_external = '' } = input.inputs;
    return {
      content: organizationForm({
        mode: 'add',
        customer: { value: customer.words },
        ...(name === '' && account_number_external === '' ? {} : { values: { name, account_number_external } }),
      }),
    };
  },
};
