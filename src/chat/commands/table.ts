// Every command, in the order in which help lists them.

import { add } from './add.ts';
import { admins } from './admins.ts';
import type { Command } from './command.ts';
import { connect } from './connect.ts';
import { expiring } from './expiring.ts';
import { createHelp } from './help.ts';
import { list } from './list.ts';
import { refresh } from './refresh.ts';
import { show } from './show.ts';
import { transaction } from './transaction.ts';

export const commands: readonly Command[] = [
  createHelp(() => commands),
  add,
  list,
  show,
  connect,
  refresh,
  expiring,
  transaction,
  admins,
];
