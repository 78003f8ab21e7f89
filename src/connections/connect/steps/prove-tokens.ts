// First step with tokens that were entered on our page: Webex must refresh them with the id and secret of the app that issued them. A refresh may replace the
// refresh token, so what comes back is saved before anything else happens.

import type { WebexAccess } from '../../../config.ts';
import { minuteMs } from '../../../lib/durations.ts';
import type { InFlight } from '../../../lib/in-flight.ts';
import { retryUntilSaved } from '../../../lib/retry-until-saved.ts';
import type { Log } from '../../../log.ts';
import { holdsOthers } from '../../../organizations/holds-others.ts';
import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import { readTransaction } from '../../../transactions/transaction.store.ts';
import type { Failure } from '../../../transactions/transaction.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import type { Grant, OAuthClient } from '../../../webex/oauth.ts';
import { findConnection } from '../../connection.store.ts';
import { neverEndsAt } from '../../ways/ways.ts';
import { isOvertaken, proveTokensStep } from '../connect-rules.ts';
import { failAndGiveBackTokens } from './give-link-back.ts';
import { openPending, type Pending, type PendingGrant, type PendingTokens, sealPending } from './pending.ts';
import { keepsFormer } from './prove-grant.ts';
import type { StepDeps, StepInput } from './step.ts';
import { overtaken, servesOthers } from './store-tokens.ts';
import { actsFor } from './verify-app.ts';
import { inShort, mayBeReplaced, tokensLost } from './words.ts';

export interface ProveTokensDeps extends StepDeps {
  webex: Pick<WebexAccess, 'serviceApp'>;
  log: Log;
  /** Aborts when the service stops: then Webex is not asked again. */
  shutdownSignal: AbortSignal;
  /** An answer of Webex on its way may hold the only copy of a grant: a stop waits for it. */
  uninterrupted: InFlight;
}

/** For all tries and waits with one app. */
const budgetMs = 12_000;

const proven: StepResult = { outcome: 'done', message: 'Webex accepts the tokens, and gave new ones.' };

/**
 * Refreshes the entered tokens, and saves what Webex gave, sealed, for the next step. What costs nothing is checked first. An access token that was entered too
 * is asked for its organization and for what the record needs: so nothing is refreshed in vain where that can be known. What Webex refuses gives the link back.
 */
export async function proveTokens(deps: ProveTokensDeps, input: StepInput): Promise<StepResult> {
  const { transaction } = input;
  const entered = openPending(deps, transaction);
  // An earlier try has saved them, and was cut off before its end.
  if (isSaved(entered)) return proven;
  if (entered?.kind !== 'tokens') return tokensLost;
  const early = await whyNotTried(deps, input, entered);
  if (early) return early;
  if (deps.shutdownSignal.aborted) throw new Error('the service stops: the next start tries the entered tokens');
  return deps.uninterrupted.follow(refreshAndSave(deps, input, entered)).catch(async (error: unknown) => {
    if (!(error instanceof WebexRefused)) throw error;
    // Another process may have refreshed them since.
    const present = await readTransaction(deps.db, transaction.id);
    if (present && isSaved(openPending(deps, present))) return proven;
    // The transaction was read before this try was counted.
    const attempt = transaction.steps.find(({ name }) => name === proveTokensStep)?.attempt ?? 0;
    const why = whyRefused(error, { isFirst: attempt === 0, isOwnApp: entered.app !== null });
    return failAndGiveBackTokens(deps, transaction, why);
  });
}

const isSaved = (pending: Pending | undefined): boolean => pending?.kind === 'grant' && pending.isEntered === true;

/** The step's end where the tokens would not be stored, however Webex refreshes them. A refresh may use up the refresh token. */
async function whyNotTried(
  deps: StepDeps,
  { transaction, organization }: StepInput,
  { app, accessToken }: PendingTokens,
): Promise<StepResult | undefined> {
  if (app !== null && holdsOthers(organization)) return servesOthers(organization);
  const standing = await findConnection(deps.db, organization.id);
  if (standing && isOvertaken(transaction, standing)) return overtaken(organization, standing);
  if (accessToken === null) return undefined;
  const webex = deps.connectAs(accessToken, organizationProxy(deps.sealer, organization));
  // A pair that no app was named for may be of a partner’s consent, which reads others rightly.
  const lack = await actsFor(webex, organization, { isAlone: app !== null });
  // One that Webex does not accept has expired, and says nothing of the refresh token.
  if (lack?.status === 401) return undefined;
  if (lack) return failAndGiveBackTokens(deps, transaction, lack);
  const grant = { accessToken, isEntered: true, scopes: [] };
  return keepsFormer(deps, { transaction, organization, grant, standing, isEarly: true });
}

/** @throws WebexRefused, WebexUnavailable */
async function refreshAndSave(
  deps: ProveTokensDeps,
  { transaction, organization }: StepInput,
  entered: PendingTokens,
): Promise<StepResult> {
  const { grant, app } = await refreshWithIssuer(deps, { entered, organization });
  const { obtainedAt } = grant;
  // Our own service app gets new tokens without a person when these end.
  const refreshTokenExpiresAt = app === null ? neverEndsAt : grant.refreshTokenExpiresAt;
  if (!refreshTokenExpiresAt) {
    return failAndGiveBackTokens(deps, transaction, {
      reason: 'incomplete_grant',
      message: `Webex did not say when the refresh token expires: the connection cannot be kept. ${mayBeReplaced}`,
    });
  }
  const pending: PendingGrant = {
    kind: 'grant',
    isEntered: true,
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken || entered.refreshToken,
    ...{ obtainedAt, refreshTokenExpiresAt, app },
    // Where Webex does not say, the shortest that it is known to give.
    accessTokenExpiresAt: grant.accessTokenExpiresAt ?? new Date(obtainedAt.getTime() + 60 * minuteMs),
    scopes: grant.scopes ?? [],
  };
  // Before the step ends: its job may have been cut off, and another process may have begun the step again.
  await retryUntilSaved(deps, () => sealPending(deps, transaction.id, pending));
  return proven;
}

/** Tokens that no app was named for are of our integration or of our service app: the one that did not issue them is refused, and nothing is spent by that. */
async function refreshWithIssuer(
  { oauth, sealer, webex: { serviceApp }, shutdownSignal }: ProveTokensDeps,
  { entered: { app, refreshToken }, organization }: { entered: PendingTokens; organization: StepInput['organization'] },
): Promise<{ grant: Grant; app: PendingGrant['app'] }> {
  const proxy = organizationProxy(sealer, organization);
  const refresh = (client?: OAuthClient) =>
    oauth.refresh({ refreshToken, client, proxy, budgetMs, lastTry: shutdownSignal });
  if (app !== null) return { grant: await refresh(app), app };
  try {
    return { grant: await refresh(), app: undefined };
  } catch (error) {
    // A service app cannot hold what serves others.
    if (!serviceApp || holdsOthers(organization) || !(error instanceof WebexRefused) || !isOfGrant(error)) throw error;
    const { clientId, clientSecret } = serviceApp;
    return { grant: await refresh({ clientId, clientSecret }), app: null };
  }
}

/** Webex's API shape has no OAuth code: of this request, nothing but the refresh token can be wrong then. */
const isOfGrant = ({ code }: WebexRefused): boolean => code === 'invalid_grant' || code === 'http_400';

function whyRefused(
  error: WebexRefused,
  { isFirst, isOwnApp }: { isFirst: boolean; isOwnApp: boolean },
): Omit<Failure, 'hint'> {
  const { code } = error;
  if (isOfGrant(error)) {
    return isFirst
      ? {
          reason: isOwnApp ? 'tokens_refused' : 'not_ours',
          message: `Webex does not accept the refresh token (${inShort(error)}).`,
        }
      : {
          // Its answer to the earlier try may have held a new one.
          reason: 'answer_lost',
          message: 'Webex’s answer with new tokens did not arrive, and it accepts the old refresh token no more.',
        };
  }
  if (code !== 'invalid_client' && code !== 'unauthorized_client') {
    return { reason: code, message: `Webex refused to refresh the tokens (${inShort(error)}).` };
  }
  return isOwnApp
    ? {
        reason: 'app_refused',
        message: `Webex does not accept the client ID and secret that were entered (${inShort(error)}).`,
      }
    : {
        reason: 'invalid_client',
        message: `Webex does not accept our own client ID and secret (${inShort(error)}); nothing is wrong with the tokens. The operator must check them.`,
      };
}
