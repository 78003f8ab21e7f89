// `transaction`: what became of one workflow, step by step.

import { z } from 'zod';
import { latestTransaction, readTransaction } from '../../db/transactions.ts';
import { failureReply } from '../views/refusals.ts';
import { transactionReply } from '../views/transaction.ts';
import type { Command } from './command.ts';

/** A button sends a number, a person types digits; what JavaScript else takes for a number, such as `0x1`, is none. */
const transactionNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().positive());

export const transaction: Command = {
  name: 'transaction',
  usage: 'transaction [number]',
  summary: 'Show a transaction and its steps; the latest one without a number.',
  async run({ db, clock }, { argument, inputs }) {
    const asked = inputs['transaction_id'] ?? (argument === '' ? undefined : argument);
    const number = asked === undefined ? await latestTransaction(db) : transactionNumber.safeParse(asked).data;
    const found = number === undefined ? undefined : await readTransaction(db, number);
    if (found) return { content: transactionReply(found, clock.now()) };
    return {
      content:
        asked === undefined
          ? failureReply({
              what: 'There are no transactions yet.',
              cure: 'Connecting an organization makes the first one.',
            })
          : failureReply({
              what: `There is no transaction “${String(asked)}”.`,
              cure: 'Type transaction with a number that a message showed, or alone for the latest.',
            }),
    };
  },
};
