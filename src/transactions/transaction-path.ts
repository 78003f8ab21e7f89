// Where the page of a transaction is: an unguessable address that follows from the transaction alone, and is stored nowhere.

import type { PathSigner } from '../http/signed-path.ts';
import { pageEndsAt } from './transaction.ts';

/** What the address is made of. */
type Addressed = { id: number; submittedAt: Date };

/** The same for the same transaction, wherever it is asked for: the browser that consented, the space, another replica. */
export const transactionPath = (paths: PathSigner, transaction: Addressed): string =>
  paths.sign(`/transactions/${transaction.id}`, pageEndsAt(transaction));

/** The path with our own address in front. */
export const transactionUrl = (
  { paths, publicUrl }: { paths: PathSigner; publicUrl: string },
  transaction: Addressed,
): string => publicUrl + transactionPath(paths, transaction);
