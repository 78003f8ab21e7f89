// Customers: the tree of resellers and customers, and where a space stands in it.

import type { Feature } from '../feature.ts';
import { moveConfirmed, openCustomerForm, removeConfirmed, saveCustomer } from './customers.action.ts';
import { continueAct, customersCommand } from './customers.command.ts';
import { use } from './use.command.ts';

export const customers: Feature = {
  commands: [customersCommand, use],
  actions: [continueAct, openCustomerForm, saveCustomer, moveConfirmed, removeConfirmed],
};
