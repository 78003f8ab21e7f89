// Every command, in the order in which help lists them.

import { connect } from '../../connections/connect/connect.command.ts';
import { refresh } from '../../connections/refresh/refresh.command.ts';
import { expiring } from '../../deadlines/expiring.command.ts';
import { forecast } from '../../deadlines/forecast/forecast.command.ts';
import { add } from '../../organizations/add.command.ts';
import { edit } from '../../organizations/edit.command.ts';
import { admins } from '../../people/admins.command.ts';
import { settings } from '../../settings/settings.command.ts';
import { cancel } from '../../transactions/cancel.command.ts';
import { replay } from '../../transactions/replay.command.ts';
import { transaction } from '../../transactions/transaction.command.ts';
import type { Command } from '../command.ts';
import { createHelp } from '../help.command.ts';
import { list } from './list.ts';
import { show } from './show.ts';
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
