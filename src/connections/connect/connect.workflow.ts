// Connecting an organization, as a workflow: from the authorization code to stored tokens. What follows are steps of other subjects.

import { transactionResultNotice } from '../../transactions/transaction.notice.ts';
import type { Workflow } from '../../transactions/workflow.ts';
import { findConnection } from '../connection.store.ts';
import type { OwnAppDeps } from '../service-app/own-app.ts';
import { tokenForwardNotice, tokenLinkNotice } from '../tokens/token-link.notice.ts';
import { connectForwardNotice, connectLinkNotice } from './connect.notice.ts';
import { connectAction, isOfTokens, proveTokensStep, storeStep } from './connect-rules.ts';
import { canceledConnect, connectOutcome } from './connect-words.ts';
import { connectForCustomer } from './customer-words.ts';
import { type ReplayConnectDeps, replayConnect } from './replay-connect.ts';
import { appTokensStep, askAppTokens } from './steps/app-tokens.ts';
import { exchangeCode, exchangeStep } from './steps/exchange-code.ts';
import { type ProveTokensDeps, proveTokens } from './steps/prove-tokens.ts';
import { revokeUnstored } from './steps/revoke-unstored.ts';
import { connectStep } from './steps/step.ts';
import { storeTokens } from './steps/store-tokens.ts';
import { verifyApp, verifyAppStep } from './steps/verify-app.ts';
import { verifyOrganization } from './steps/verify-organization.ts';
import { verifyTokens, verifyTokensStep } from './steps/verify-tokens.ts';

export const connectWorkflow: Workflow<ProveTokensDeps & OwnAppDeps & ReplayConnectDeps> = {
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
  otherSteps: [
    connectStep(appTokensStep, 'Get tokens for the service app', askAppTokens, {
      failed: 'Webex gave the service app no access.',
    }),
    connectStep(proveTokensStep, 'Try the tokens at Webex', proveTokens, {
      failed: 'Webex does not accept the tokens that were entered.',
    }),
    connectStep(
      verifyTokensStep,
      'Verify the organization',
      verifyTokens,
      { done: 'These tokens are for this organization.', failed: 'These tokens cannot read this organization.' },
      revokeUnstored,
    ),
    connectStep(verifyAppStep, 'Verify the organization', verifyApp, {
      failed: 'The service app cannot read this organization.',
    }),
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
    if (isOfTokens(request.transaction)) {
      return { content: tokenLinkNotice.of({ ...about, insteadOf }), further: [tokenForwardNotice.of(about)] };
    }
    return { content: connectLinkNotice.of({ ...about, insteadOf }), further: [connectForwardNotice.of(about)] };
  },
};
