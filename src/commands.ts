// Every command, in the order in which help lists them.

import type { Command } from './chat/command.ts';
import { createHelp } from './chat/help.command.ts';
import { connect } from './connections/connect/connect.command.ts';
import { refresh } from './connections/refresh/refresh.command.ts';
import { expiring } from './deadlines/expiring.command.ts';
import { forecast } from './deadlines/forecast/forecast.command.ts';
import { add } from './organizations/add.command.ts';
import { edit } from './organizations/edit.command.ts';
import { list } from './overview/list.command.ts';
import { show } from './overview/show.command.ts';
import { transactions } from './overview/transactions.command.ts';
import { admins } from './people/admins.command.ts';
import { settings } from './settings/settings.command.ts';
import { cancel } from './transactions/cancel.command.ts';
import { replay } from './transactions/replay.command.ts';
import { transaction } from './transactions/transaction.command.ts';

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
