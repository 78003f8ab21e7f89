// First step: turns the authorization code into a grant. A code works once, so what comes back is saved before anything else happens.

import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { WebexRefused, WebexUnavailable } from '../../../webex/errors.ts';
import { unavailableHint, unavailableSentence } from '../../../webex/unavailable-words.ts';
import { noteConfigured } from '../../notify-misconfigured.ts';
import { failAndGiveBack } from './give-link-back.ts';
import { openPending, sealPending } from './pending.ts';
import type { StepDeps, StepInput } from './step.ts';
import { inShort, newLinkHint } from './words.ts';

/** The step's name. */
export const exchangeStep = 'exchange_code';

const codeGone = 'Webex refuses the authorization code: it was already used, or it is too old.';

/**
 * How long after the consent a code is still tried again. A code lives for about five minutes, and waits between tries double: the next one would come too
 * late.
 */
const triedForMs = 150_000;

/**
 * Exchanges the code, and saves the grant sealed for the next step. A code works once and for minutes: it is tried again soon or not at all, and never once
 * an answer with tokens has come. A code that gives no grant gives the connect link back.
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
    if (error instanceof WebexUnavailable) {
      const isAnswered = error.reason === 'malformed' && error.status !== undefined && error.status < 300;
      const ageMs = deps.clock.now().getTime() - transaction.submittedAt.getTime();
      if (!isAnswered && !error.needsPerson && ageMs < triedForMs) throw error;
      return failAndGiveBack(deps, spent, whyUnavailable(error, isAnswered));
    }
    if (!(error instanceof WebexRefused)) throw error;
    const attempt = transaction.steps.find(({ name }) => name === exchangeStep)?.attempt ?? 0;
    // The transaction was read before this try was counted.
    return failAndGiveBack(deps, spent, whyRefused(error, { isFirst: attempt === 0 }));
  }
}

function whyUnavailable(
  error: WebexUnavailable,
  isAnswered: boolean,
): { reason: string; message: string; hint?: string } {
  const message = isAnswered
    ? 'Webex took the authorization code, but its answer cannot be used. Nothing was stored.'
    : `${unavailableSentence(error)} An authorization code lives only for minutes.`;
  const hint = unavailableHint(error);
  return { reason: 'unavailable', message, ...(hint && { hint: `${hint} Then open the same link once more.` }) };
}

function whyRefused(
  error: WebexRefused,
  { isFirst }: { isFirst: boolean },
): { reason: string; message: string; hint?: string } {
  switch (error.code) {
    case 'invalid_grant':
    // Webex's API shape has no OAuth code: of this request, nothing but the code can be wrong.
    case 'http_400':
      if (isFirst) return { reason: 'code_refused', message: codeGone };
      // Webex's answer to the earlier try may have held the tokens. Nobody refused anything.
      return {
        reason: 'answer_lost',
        message: 'Webex’s answer with the tokens did not arrive, and an authorization code works once.',
      };
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
