// The address of a transaction's page: unguessable, computed from the transaction alone, and stored nowhere.

import type { PathSigner } from '../http/signed-path.ts';
import { pageEndsAt } from './transaction.ts';

/** What the address is made of. */
type Addressed = { id: number; submittedAt: Date };

/** The path of a transaction's page: the same for the browser, the space and every replica. */
export const transactionPath = (paths: PathSigner, transaction: Addressed): string =>
  paths.sign(`/transactions/${transaction.id}`, pageEndsAt(transaction));

/** The path with our own address in front. */
export const transactionUrl = (
  { paths, publicUrl }: { paths: PathSigner; publicUrl: string },
  transaction: Addressed,
): string => publicUrl + transactionPath(paths, transaction);
