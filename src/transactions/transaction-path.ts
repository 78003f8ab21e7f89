// The address of a transaction's page: unguessable, computed from the transaction alone, and stored nowhere.

import type { PathSigner } from '../http/signed-path.ts';
import { pageEndsAt } from './transaction.ts';

/** What the address is made of. */
type Addressed = { id: number; submittedAt: Date };

interface Deps {
  paths: PathSigner;
  publicUrl: string;
}

/** The address of a transaction's page: the same for the browser, the space and every replica. */
export const transactionUrl = ({ paths, publicUrl }: Deps, transaction: Addressed): string =>
  publicUrl + paths.sign(`/transactions/${transaction.id}`, pageEndsAt(transaction));

/** The same without the host, for a browser that has reached us by whatever name. */
export const transactionPath = (deps: Deps, transaction: Addressed): string => {
  const { pathname, search } = new URL(transactionUrl(deps, transaction));
  return pathname + search;
};
