// First step: turns the authorization code into a grant. A code works once, so what comes back is saved before anything else happens.

import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { noteConfigured } from '../../notify-misconfigured.ts';
import { failAndGiveBack } from './give-link-back.ts';
import { openPending, sealPending } from './pending.ts';
import type { StepDeps, StepInput } from './step.ts';
import { inShort, newLinkHint } from './words.ts';

const codeGone = 'Webex refuses the authorization code: it was already used, or it is too old.';

/**
 * Exchanges the code, and saves the grant sealed for the next step. Where Webex's answer was lost, the next try is refused: a code works once. A code that
 * gives no grant gives the connect link back.
 */
export async function exchangeCode(deps: StepDeps, { transaction, organization }: StepInput): Promise<StepResult> {
  const pending = openPending(deps, transaction);
  if (pending?.kind !== 'code') {
    return { outcome: 'failed', fatal: true, reason: 'code_lost', message: codeGone, hint: newLinkHint };
  }
  const spent = { transactionId: transaction.id, codeVerifier: pending.codeVerifier };
  try {
    const grant = await deps.oauth.exchangeCode({
      code: pending.code,
      codeVerifier: pending.codeVerifier,
      proxy: organizationProxy(deps.sealer, organization),
    });
    const { refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt } = grant;
    if (!refreshToken || !accessTokenExpiresAt || !refreshTokenExpiresAt) {
      return failAndGiveBack(deps, spent, {
        reason: 'incomplete_grant',
        message: 'Webex gave no refresh token, or did not say when the tokens expire: the connection cannot be kept.',
        hint: 'The operator must check that WEBEX_CLIENT_ID belongs to an integration.',
      });
    }
    return {
      outcome: 'done',
      message: 'Webex gave an access token and a refresh token.',
      irreplaceable: true,
      save: async (tx) => {
        await sealPending({ db: tx, sealer: deps.sealer }, transaction.id, {
          kind: 'grant',
          accessToken: grant.accessToken,
          refreshToken,
          obtainedAt: grant.obtainedAt,
          accessTokenExpiresAt,
          refreshTokenExpiresAt,
          scopes: grant.scopes ?? [],
        });
        await noteConfigured(tx);
      },
    };
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    return failAndGiveBack(deps, spent, whyRefused(error));
  }
}

function whyRefused(error: WebexRefused): { reason: string; message: string; hint?: string } {
  switch (error.code) {
    case 'invalid_grant':
    // Webex's API shape has no OAuth code: of this request, nothing but the code can be wrong.
    case 'http_400':
      return { reason: 'code_refused', message: codeGone };
    case 'invalid_client':
      return {
        reason: error.code,
        message: 'Webex did not accept our client id and secret; nothing is wrong with the organization.',
        hint: 'The operator must check WEBEX_CLIENT_ID and WEBEX_CLIENT_SECRET.',
      };
    default:
      return { reason: error.code, message: `Webex refused the authorization code (${inShort(error)}).` };
  }
}
