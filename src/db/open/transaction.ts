// Transactions on one connection, and transactions inside them, which are savepoints.

import type postgres from 'postgres';

export type Values = postgres.ParameterOrJSON<never>[];

/** Runs one statement; `asArrays` brings each row as an array of its values. */
export type Ask = (
  text: string,
  values?: Values,
  options?: { prepare?: boolean; asArrays?: boolean },
) => Promise<unknown>;

/** A transaction under way. */
export interface Tx {
  ask: Ask;
  /** A transaction inside this one: where it fails, all that was done in it is undone, and the outer one may go on. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * Runs `work` in a transaction, which commits where `work` resolves and no statement in it has failed.
 * @param undone called where the transaction cannot be rolled back: the connection must be given up, and the server rolls back by itself
 */
export async function inTransaction<T>(
  ask: Ask,
  work: (tx: Tx) => Promise<T>,
  undone: (error: unknown) => void,
): Promise<T> {
  let savepoints = 0;

  async function scope<R>(
    words: { begin: string; commit: string; rollBack: string },
    inner: (tx: Tx) => Promise<R>,
  ): Promise<R> {
    let failure: { error: unknown } | undefined;
    let isOver = false;
    await ask(words.begin);
    const tx: Tx = {
      async ask(...statement) {
        if (isOver) throw new Error('a statement came after the end of its transaction');
        try {
          return await ask(...statement);
        } catch (error) {
          failure ??= { error };
          throw error;
        }
      },
      transaction(nested) {
        const name = `s${++savepoints}`;
        const begin = `savepoint ${name}`;
        return scope({ begin, commit: `release ${name}`, rollBack: `rollback to ${name}` }, nested);
      },
    };
    try {
      const result = await inner(tx);
      // The server would answer the commit of a failed transaction with a rollback, and no error.
      if (failure) throw failure.error;
      isOver = true;
      await ask(words.commit);
      return result;
    } catch (error) {
      isOver = true;
      await ask(words.rollBack).catch(undone);
      throw error;
    }
  }

  return scope({ begin: 'begin', commit: 'commit', rollBack: 'rollback' }, work);
}
