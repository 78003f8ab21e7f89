// Connecting an organization, as a workflow: from the authorization code to stored tokens. What follows are steps of other subjects.

import { transactionResultNotice } from '../../transactions/transaction.notice.ts';
import type { Workflow } from '../../transactions/workflow.ts';
import { findConnection } from '../connection.store.ts';
import { connectForwardNotice, connectLinkNotice } from './connect.notice.ts';
import { connectAction, storeStep } from './connect-rules.ts';
import { canceledConnect, connectOutcome } from './connect-words.ts';
import { connectForCustomer } from './customer-words.ts';
import { type ReplayConnectDeps, replayConnect } from './replay-connect.ts';
import { exchangeCode, exchangeStep } from './steps/exchange-code.ts';
import { revokeUnstored } from './steps/revoke-unstored.ts';
import { connectStep, type StepDeps } from './steps/step.ts';
import { storeTokens } from './steps/store-tokens.ts';
import { verifyOrganization } from './steps/verify-organization.ts';

export const connectWorkflow: Workflow<StepDeps & ReplayConnectDeps> = {
  action: connectAction,
  title: 'Connect',
  steps: [
    connectStep(exchangeStep, 'Exchange the code for tokens', exchangeCode, {
      failed: 'Webex gave no access for your sign-in.',
    }),
    connectStep(
      'verify_organization',
      'Verify the organization',
      verifyOrganization,
      {
        done: 'You administer this organization.',
        failed: 'Your account does not administer this organization, or Webex did not say so.',
      },
      revokeUnstored,
    ),
    connectStep(storeStep, 'Store the tokens', storeTokens, { failed: 'The tokens were not stored.' }, revokeUnstored),
  ],
  audience: 'customer',
  forCustomer: connectForCustomer,
  outcome: connectOutcome,
  canceled: canceledConnect,
  result: transactionResultNotice,
  async deadlines(db, { organizationId }) {
    const connection = organizationId === null ? undefined : await findConnection(db, organizationId);
    return connection
      ? [
          { title: 'Access token expires', at: connection.accessTokenExpiresAt },
          { title: 'Refresh token expires', at: connection.refreshTokenExpiresAt },
        ]
      : [];
  },
  async replay(deps, request) {
    const result = await replayConnect(deps, request);
    if (result.outcome === 'started') return undefined;
    const { id: transactionId, organizationId } = request.transaction;
    const insteadOf = { transactionId, why: result.why };
    const about = { organizationId, askedBy: request.by.email, askedById: request.by.personId ?? undefined };
    return { content: connectLinkNotice.of({ ...about, insteadOf }), further: [connectForwardNotice.of(about)] };
  },
};
