// First step without a consent: the tokens of an organization that has authorized our service app.

import { minuteMs } from '../../../lib/durations.ts';
import type { Failure } from '../../../transactions/transaction.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexRefused } from '../../../webex/errors.ts';
import { askOwnTokens, type OwnAppDeps, type WhyNoTokens } from '../../service-app/own-app.ts';
import { neverEndsAt } from '../../ways/ways.ts';
import { SERVICE_APPS_PATH } from '../link-words.ts';
import { sealPending } from './pending.ts';
import type { StepDeps, StepInput } from './step.ts';
import { inShort } from './words.ts';

/** The step's name. */
export const appTokensStep = 'ask_app_tokens';

/** Asks again where its end was lost: Webex gives another pair then, and the earlier one runs out. */
export async function askAppTokens(
  deps: StepDeps & OwnAppDeps,
  { transaction, organization }: StepInput,
): Promise<StepResult> {
  const asked = await askOwnTokens(deps, organization);
  if ('refused' in asked) return { outcome: 'failed', fatal: true, ...whyRefused(asked, organization) };
  const { accessToken, refreshToken, accessTokenExpiresAt, obtainedAt, scopes = [] } = asked.grant;
  if (refreshToken === undefined) {
    return {
      outcome: 'failed',
      fatal: true,
      reason: 'incomplete_grant',
      message: 'Webex gave no refresh token: the connection cannot be kept.',
      hint: 'The operator must check that WEBEX_SERVICE_APP_CLIENT_ID belongs to a service app.',
    };
  }
  return {
    outcome: 'done',
    message: 'Webex gave the service app an access token and a refresh token.',
    save: (tx) =>
      sealPending({ db: tx, sealer: deps.sealer }, transaction.id, {
        kind: 'grant',
        ...{ accessToken, refreshToken, obtainedAt, scopes, app: null },
        // Where Webex does not say, the shortest that it is known to give.
        accessTokenExpiresAt: accessTokenExpiresAt ?? new Date(obtainedAt.getTime() + 60 * minuteMs),
        refreshTokenExpiresAt: neverEndsAt,
      }),
  };
}

function whyRefused(
  { refused, error }: { refused: WhyNoTokens; error?: WebexRefused },
  { name }: { name: string },
): Failure {
  switch (refused) {
    case 'not_authorized':
      return {
        reason: refused,
        message: `${name} has not authorized the service app, or not any more.`,
        hint: `A full administrator of ${name} authorizes it in Control Hub: ${SERVICE_APPS_PATH}.`,
      };
    case 'no_app':
      return {
        reason: refused,
        message: 'No service app is configured.',
        hint: 'The operator must set WEBEX_SERVICE_APP_CLIENT_ID and WEBEX_SERVICE_APP_CLIENT_SECRET.',
      };
    case 'no_owner':
    case 'owner':
      return {
        reason: refused,
        message: 'The organization that owns the service app is not connected, and its grant alone brings tokens.',
        hint: 'Type “connect service app” for its link.',
      };
    case 'unknown_app':
    case 'misasked':
      return {
        reason: refused,
        message: `Webex does not accept our service app (${error ? inShort(error) : refused}); nothing is wrong with the organization.`,
        hint: 'The operator must check WEBEX_SERVICE_APP_CLIENT_ID and WEBEX_SERVICE_APP_CLIENT_SECRET.',
      };
  }
}
