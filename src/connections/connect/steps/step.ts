// What every step of a connect transaction gets and gives back.

import type { Db } from '../../../db/database.ts';
import type { Sealer } from '../../../db/seal/seal.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { organizations } from '../../../organizations/organizations.schema.ts';
import type { StepOutcome } from '../../../transactions/transaction.ts';
import type { transactions } from '../../../transactions/transactions.schema.ts';
import type { WebexClient } from '../../../webex/client.ts';
import type { OAuth } from '../../../webex/oauth.ts';
import type { ProxySettings } from '../../../webex/proxy.ts';

/** A client that asks in the name of whoever gave `accessToken`. */
export type ConnectAs = (accessToken: string, proxy: ProxySettings) => WebexClient;

export interface StepDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  oauth: Pick<OAuth, 'exchangeCode'>;
  connectAs: ConnectAs;
  /** The integration's client id, by which its grants are told from others. */
  clientId: string;
}

export interface StepInput {
  transaction: typeof transactions.$inferSelect;
  organization: typeof organizations.$inferSelect;
}

/**
 * How a step ended, and what to write in the same database transaction as its end. A step throws WebexUnavailable where it is
 * worth trying again; it may be run again after a crash at any point.
 */
export type StepResult = StepOutcome & {
  save?: (tx: Db) => Promise<void>;
  /** What is to be saved exists nowhere else and cannot be asked for again. */
  irreplaceable?: boolean;
};

export type Step = (deps: StepDeps, input: StepInput) => Promise<StepResult>;
