// Makes the message of the notice on rights, with the customer as it is called now.

import { readCustomer } from '../customers/tree.store.ts';
import type { Db } from '../db/database.ts';
import { renders } from '../notices/notice.ts';
import { rightGivenNotice } from './rights.notice.ts';
import { rightGivenMessage } from './rights.view.ts';

export const rightGivenRenderer = renders(rightGivenNotice, {
  whenOverheard: () => 'dropped',
  async render({ db }: { db: Db }, { customerId, role, by }) {
    return rightGivenMessage({ node: await readCustomer(db, customerId), role, by });
  },
});
