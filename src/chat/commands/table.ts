// Every command, in the order in which help lists them.

import type { Command } from '../command.ts';
import { createHelp } from '../help.command.ts';
import { add } from './add.ts';
import { admins } from './admins.ts';
import { cancel } from './cancel.ts';
import { connect } from './connect.ts';
import { edit } from './edit.ts';
import { expiring } from './expiring.ts';
import { forecast } from './forecast.ts';
import { list } from './list.ts';
import { refresh } from './refresh.ts';
import { replay } from './replay.ts';
import { settings } from './settings.ts';
import { show } from './show.ts';
import { transaction } from './transaction.ts';
import { transactions } from './transactions.ts';

export const commands: readonly Command[] = [
  createHelp(() => commands),
  add,
  list,
  show,
  edit,
  connect,
  refresh,
  expiring,
  forecast,
  transactions,
  transaction,
  cancel,
  replay,
  settings,
  admins,
];
