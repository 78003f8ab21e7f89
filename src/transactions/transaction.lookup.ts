// Which transaction a person means: the one chosen on a card, or the number that was typed.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { CommandInput } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import type { TransactionWithSteps } from './transaction.store.ts';
import { readTransactionInScope } from './transaction-list.store.ts';

type Found = { found: TransactionWithSteps } | { answer: Answer };

/** A button sends a number, and a person types digits. Other spellings that JavaScript accepts, such as `0x1`, are refused. */
const transactionNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().positive());

/** What was typed or chosen; empty where nothing was. */
export const namedTransaction = ({ argument, inputs }: Pick<CommandInput, 'argument' | 'inputs'>): unknown =>
  inputs['transaction_id'] ?? argument;

/** The transaction that the command is about, or an answer: that there is none, or the question which one is meant. */
export async function findTransaction(db: Db, input: CommandInput & { command: string }): Promise<Found> {
  const named = namedTransaction(input);
  const number = transactionNumber.safeParse(named).data;
  const found = number === undefined ? undefined : await readTransactionInScope(db, { scope: input.scope, id: number });
  if (found) {
    if (found.organizationId !== null) input.concerns(found.organizationId);
    return { found };
  }
  return {
    answer: {
      content:
        named === ''
          ? failureMessage({
              what: 'No transaction was named.',
              hint: `Type ${input.command} with its number, or choose one on the card that transactions shows.`,
            })
          : failureMessage({
              what: `There is no transaction “${String(named)}”.`,
              hint: 'Type transactions to list them.',
            }),
    },
  };
}
