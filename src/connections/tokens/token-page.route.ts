// The page for tokens: shows its form to whoever has the link, and takes what is entered.

import express, { type Response } from 'express';
import type { TimeZoneOf } from '../../chat/place.ts';
import { allowForm } from '../../http/form.ts';
import { route } from '../../http/route.ts';
import type { PathSigner } from '../../http/signed-path.ts';
import { inTimeZone } from '../../lib/time-zone.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { transactionPath } from '../../transactions/transaction-path.ts';
import { linkLimit, sendDeadLink } from '../connect/link.route.ts';
import { type ProviderDeps, providerOf } from '../connect/provider.ts';
import {
  type OpenedTokenLink,
  openTokenLink,
  submitTokens,
  type TokenPageDeps,
  transactionOfLink,
} from './submit-tokens.ts';
import { type TokenPageView, tokenPage } from './token-page.view.ts';
import { readTokenForm, TOKEN_FORMS } from './token-rules.ts';
import { type UntilDecidedDeps, untilDecided } from './until-decided.ts';

type Deps = TokenPageDeps &
  UntilDecidedDeps &
  ProviderDeps & { paths: PathSigner; publicUrl: string; timeZoneOf: TimeZoneOf };

/** Four values, each as long as Webex's tokens may become. */
const mostBytes = '64kb';

export const tokenPageRoute = route<Deps, { token: string }>({
  path: '/tokens/:token',
  methods: ['GET', 'HEAD', 'POST'],
  limit: linkLimit,
  handle: (deps) => [
    express.urlencoded({ extended: false, limit: mostBytes, parameterLimit: 20, inflate: false }),
    async (request, response) => {
      response.set('Cache-Control', 'no-store');
      const opened = await openTokenLink(deps, { token: request.params.token });
      if (request.method === 'POST') return take(deps, response, { opened, body: request.body, ...request.params });
      if (opened.outcome === 'dead') return sendDeadLink(response, deps.db, opened.link);
      return show(deps, response, opened, { status: 200 });
    },
  ],
});

type Open = Extract<OpenedTokenLink, { outcome: 'open' }>;

async function take(
  deps: Deps,
  response: Response,
  { opened, body, token }: { opened: OpenedTokenLink; body: unknown; token: string },
): Promise<void> {
  if (opened.outcome === 'dead') return followed(deps, response, opened.link);
  const form = readTokenForm(body);
  if ('problems' in form) return show(deps, response, opened, { status: 422, refusal: null, ...form });
  const { tokens, ...sent } = form;
  const result = await submitTokens(deps, { ...opened, tokens });
  if (!('transactionId' in result)) {
    const now = await openTokenLink(deps, { token });
    // The same form has been sent twice.
    if (now.outcome === 'dead') return followed(deps, response, now.link);
    return show(deps, response, now, { status: 409, ...sent, refusal: result.refusal });
  }
  const decided = await untilDecided(deps, result.transactionId);
  const again = decided?.status === 'fail' ? await openTokenLink(deps, { token }) : undefined;
  // Webex has refused them, and the link has come back.
  if (again?.outcome === 'open') return show(deps, response, again, { status: 422, ...sent });
  // A reload of the page asks for nothing twice.
  response.redirect(303, transactionPath(deps, { id: result.transactionId, submittedAt: result.submittedAt }));
}

/** A form that was sent with a used link leads to the transaction that the link has begun. */
async function followed(deps: Deps, response: Response, link: OpenedTokenLink['link']): Promise<void> {
  const begun = await transactionOfLink(deps.db, link);
  if (!begun) return sendDeadLink(response, deps.db, link);
  response.redirect(303, transactionPath(deps, { id: begun.transactionId, submittedAt: begun.submittedAt }));
}

async function show(
  deps: Deps,
  response: Response,
  { link, organization }: Open,
  { status, ...view }: { status: number } & Pick<TokenPageView, 'form' | 'clientId' | 'problems' | 'refusal'>,
): Promise<void> {
  const { scopes, expiresAt } = link;
  const page = {
    provider: providerOf(deps),
    organization,
    forms: holdsOthers(organization) ? (['pair'] as const) : TOKEN_FORMS,
    scopes,
    expiresAt,
    now: deps.clock.now(),
    refusal: link.refusal,
    ...view,
  };
  allowForm(response);
  response.status(status).send(inTimeZone(await deps.timeZoneOf(link), () => tokenPage(page)));
}
