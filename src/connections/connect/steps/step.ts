// What the steps of a connect transaction, and those that follow them, are given.

import type { Db } from '../../../db/database.ts';
import type { Jobs } from '../../../db/jobs/jobs.ts';
import type { Sealer } from '../../../db/seal/seal.ts';
import type { Clock } from '../../../lib/clock.ts';
import { findOrganization, type Organization } from '../../../organizations/organization.store.ts';
import type { RecordHooks } from '../../../organizations/record-hooks.ts';
import type { TransactionWithSteps } from '../../../transactions/transaction.store.ts';
import type { CustomerWords, Step, StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import type { OAuth } from '../../../webex/oauth.ts';
import type { ProxySettings } from '../../../webex/proxy.ts';
import type { GrantProof } from '../grant-proof.ts';

/** A client that asks with `accessToken`; `baseUrl` is that of Webex's REST API by default. */
export type ConnectAs = (accessToken: string, proxy: ProxySettings, baseUrl?: string) => WebexClient;

export interface StepDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  oauth: Pick<OAuth, 'exchangeCode' | 'refresh'>;
  connectAs: ConnectAs;
  jobs: Pick<Jobs, 'send'>;
  /** In place of Webex's own addresses of the contact center. */
  contactCenterUrl: string | undefined;
  /** The integration's client id, by which its grants are told from others. */
  clientId: string;
  recordHooks: readonly Pick<RecordHooks<never>, 'connected'>[];
  grantProofs: readonly GrantProof[];
}

export interface StepInput {
  transaction: TransactionWithSteps;
  organization: Organization;
}

/** What one step does for the transaction's organization. */
export type RunStep<Deps> = (deps: Deps, input: StepInput) => Promise<StepResult>;

/**
 * A step that is about the transaction's organization, and fails where that was deleted meanwhile. `whenDeleted` then ends what the steps before have got,
 * and says so in a sentence.
 */
export const connectStep = <Deps extends { db: Db }>(
  name: string,
  title: string,
  run: RunStep<Deps>,
  forCustomer: CustomerWords,
  whenDeleted?: (deps: Deps, transaction: TransactionWithSteps) => Promise<string | undefined>,
): Step<Deps> => ({
  name,
  title,
  forCustomer,
  async run(deps, transaction) {
    const { organizationId, organizationName } = transaction;
    const organization = organizationId === null ? undefined : await findOrganization(deps.db, organizationId);
    if (organization) return run(deps, { transaction, organization });
    const ended = await whenDeleted?.(deps, transaction);
    return {
      outcome: 'failed',
      fatal: true,
      reason: 'organization_deleted',
      message: [`${organizationName} was deleted meanwhile.`, ...(ended ? [ended] : [])].join(' '),
      hint: 'Type “undo” to see what can be brought back, or “add” to add it again.',
    };
  },
});
