// The pages on which an administrator signs in and consents. Plain forms without script, so that a test can fill them in with fetch.
//
// GET  /v1/authorize           the sign-in page; its form posts the request's own fields and `person` (an e-mail) to
// POST /v1/authorize/sign-in   the consent page; its form posts the same fields and `decision` (accept or decline) to
// POST /v1/authorize/consent   which sends the browser back to redirect_uri with `code` or `error`, and `state`.

import type { Request, Response } from 'express';
import { Router, urlencoded } from 'express';
import { z } from 'zod';
import { newToken } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { scopesInWords } from '../scopes.ts';
import type { RenderPage } from '../templates.ts';
import type { Person } from '../world.ts';

const CODE_LIFETIME_MS = 10 * 60_000;

type Deps = Pick<Parts, 'world' | 'now' | 'changed'> & { renderPage: RenderPage };

const Fields = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string().default(''),
  scope: z.string().default(''),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});

type AuthorizeRequest = z.output<typeof Fields>;

export function authorizePages(deps: Deps): Router {
  const { world, renderPage } = deps;
  const router = Router();
  const form = urlencoded({ extended: false, limit: '20kb' });

  const hiddenFields = (request: AuthorizeRequest, person?: Person) =>
    Object.entries({ ...request, person: person?.email })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ name, value }));

  router.get('/authorize', (request, response) => {
    const asked = accepted(deps, request.query, response);
    if (asked === undefined) return;
    const people = [...world.people.values()]
      .filter((person) => person.type === 'person' && !person.deleted && person.administers.length > 0)
      .map((person) => ({
        email: person.email,
        name: person.displayName,
        initials: initials(person.displayName),
        organization: world.organizations.get(person.orgId)?.displayName,
      }));
    renderPage(response, 'sign-in', { fields: hiddenFields(asked), people, integration: world.integration.name });
  });

  router.post('/authorize/sign-in', form, (request, response) => {
    const asked = accepted(deps, request.body, response);
    if (asked === undefined) return;
    const person = personOf(deps, request);
    if (person === undefined) return problem(deps, response, 'Nobody with this address can sign in here.');
    const scopes = scopeList(asked).map((scope) => ({ scope, words: scopesInWords[scope] ?? scope }));
    renderPage(response, 'consent', {
      fields: hiddenFields(asked, person),
      name: person.displayName,
      email: person.email,
      initials: initials(person.displayName),
      organization: world.organizations.get(person.orgId)?.displayName,
      integration: world.integration.name,
      scopes,
      redirectHost: new URL(asked.redirect_uri).host,
    });
  });

  router.post('/authorize/consent', form, (request, response) => {
    const asked = accepted(deps, request.body, response);
    if (asked === undefined) return;
    const person = personOf(deps, request);
    if (person === undefined) return problem(deps, response, 'Nobody with this address can sign in here.');
    const decision: unknown = request.body?.decision;
    if (decision === 'decline') return sendBack(response, asked, { error: 'access_denied' });
    if (decision !== 'accept') return problem(deps, response, 'Choose Accept or Decline.');
    if (world.switches.scopesOfOthers === 'invalid_scope' && isBeyond(person, asked)) {
      return sendBack(response, asked, invalidScope);
    }
    sendBack(response, asked, { code: issueCode(deps, asked, person) });
  });

  return router;
}

/** The request where it is one that may be consented to; otherwise the browser is told, or sent back with an OAuth error. */
function accepted(deps: Deps, fields: unknown, response: Response): AuthorizeRequest | undefined {
  const { integration } = deps.world;
  const parsed = Fields.safeParse(fields ?? {});
  const asked = parsed.data;
  // Nobody is sent to an address that the integration did not register: these two are told here.
  if (asked === undefined || asked.client_id !== integration.clientId) {
    problem(deps, response, 'The client_id is missing or unknown.');
    return undefined;
  }
  if (!integration.redirectUris.includes(asked.redirect_uri)) {
    problem(deps, response, 'The redirect_uri is not registered for this integration.');
    return undefined;
  }
  const error = oauthError(integration.scopes, asked);
  if (error !== undefined) {
    sendBack(response, asked, error);
    return undefined;
  }
  return asked;
}

const invalidScope = {
  error: 'invalid_scope',
  error_description: 'The requested scope is invalid, unknown, or malformed.',
};

/** Whether scopes of administrators are asked of somebody who is none. */
const isBeyond = ({ administers }: Person, asked: AuthorizeRequest): boolean =>
  administers.length === 0 && scopeList(asked).some((scope) => scope.startsWith('spark-admin:'));

function oauthError(registered: string[], asked: AuthorizeRequest): Record<string, string> | undefined {
  if (asked.response_type !== 'code') return { error: 'unsupported_response_type' };
  const scopes = scopeList(asked);
  const unknown = scopes.filter((scope) => !registered.includes(scope));
  if (scopes.length === 0 || unknown.length > 0) {
    return invalidScope;
  }
  if (asked.code_challenge === undefined) return undefined;
  if (asked.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(asked.code_challenge)) {
    return { error: 'invalid_request', error_description: 'The code challenge must be an S256 one.' };
  }
  return undefined;
}

function sendBack(response: Response, asked: AuthorizeRequest, result: Record<string, string>): void {
  const target = new URL(asked.redirect_uri);
  for (const [name, value] of Object.entries(result)) target.searchParams.set(name, value);
  if (asked.state !== undefined) target.searchParams.set('state', asked.state);
  response.redirect(303, target.href);
}

function issueCode(deps: Deps, asked: AuthorizeRequest, person: Person): string {
  const { world } = deps;
  const code = newToken(person.orgId);
  world.codes.set(code, {
    code,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    personId: person.id,
    scopes: scopeList(asked),
    ...(asked.code_challenge === undefined ? {} : { codeChallenge: asked.code_challenge }),
    expiresAt: new Date(deps.now().getTime() + CODE_LIFETIME_MS).toISOString(),
  });
  world.issuedSecrets.push(code);
  deps.changed();
  return code;
}

function personOf(deps: Deps, request: Request): Person | undefined {
  const email = String(request.body?.person ?? '').toLowerCase();
  return [...deps.world.people.values()].find(
    (person) => person.email === email && person.type === 'person' && !person.deleted,
  );
}

function problem(deps: Deps, response: Response, text: string): void {
  response.status(400);
  deps.renderPage(response, 'authorize-problem', { text });
}

const scopeList = (asked: AuthorizeRequest) => [...new Set(asked.scope.split(' ').filter(Boolean))];

const initials = (name: string) =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);
