// The page on which tokens are entered: of a service app that the organization has made itself, or a pair that our own app has issued.

import { renderPage } from '../../http/page.ts';
import { distanceWords, instantWords } from '../../lib/time-words.ts';
import type { Provider } from '../connect/provider.ts';
import { scopesOfApp } from '../scopes.ts';
import { fieldsOfForm, type Problems, refusalWords, type TokenField, type TokenForm } from './token-rules.ts';

export interface TokenPageView {
  readonly provider: Provider;
  readonly organization: { readonly name: string; readonly account_number_external: string };
  readonly forms: readonly TokenForm[];
  /** Those that a consent would ask for. */
  readonly scopes: readonly string[];
  /** When the link expires. */
  readonly expiresAt: Date;
  readonly now: Date;
  /** The form that was sent. */
  readonly form?: TokenForm | undefined;
  /** What is shown again of an earlier try. Secrets never are. */
  readonly clientId?: string | undefined;
  /** What is wrong with what was entered. */
  readonly problems?: Problems | undefined;
  /** Why what was entered last came to nothing: a code; null where nothing was. */
  readonly refusal?: string | null | undefined;
}

interface Field {
  readonly label: string;
  readonly about: string;
  readonly isSecret: boolean;
  readonly isOptional: boolean;
}

const fields: Record<TokenField, Field> = {
  client_id: { label: 'Client ID', about: 'Of the service app.', isSecret: false, isOptional: false },
  client_secret: { label: 'Client secret', about: 'Of the same app.', isSecret: true, isOptional: false },
  refresh_token: { label: 'Refresh token', about: 'It lives for about 90 days.', isSecret: true, isOptional: false },
  access_token: {
    label: 'Access token (optional)',
    about: 'Looked at first: then tokens of another organization are left alone.',
    isSecret: true,
    isOptional: true,
  },
};

const headings: Record<TokenForm, { readonly heading: string; about(provider: string): string }> = {
  own_app: {
    heading: 'Tokens of a service app of your own',
    about: () => 'You have made a service app at developer.webex.com, and a full administrator has authorized it.',
  },
  pair: {
    heading: 'A pair of tokens that was issued to us',
    about: (provider) =>
      `The app of ${provider} has issued an access token and a refresh token already, as where another system used it before.`,
  },
};

/** A page without script: a form is sent to the address of the page, whose secret is the link's own. */
export function tokenPage(view: TokenPageView): string {
  const { provider, organization, expiresAt, now, scopes, forms } = view;
  const refusal = view.refusal ? refusalWords(view.refusal) : undefined;
  const problems: Problems = { ...(refusal?.field && { [refusal.field]: refusal.words }), ...view.problems };
  const hasProblem = refusal !== undefined || Object.keys(problems).length > 0;
  const wrong = view.form ?? (view.refusal === 'not_ours' ? 'pair' : 'own_app');
  return renderPage('tokens.page', {
    title: `Enter tokens for ${organization.name}`,
    tone: hasProblem ? 'bad' : 'neutral',
    provider: provider.name,
    contact: provider.contact,
    organization: organization.name,
    number: organization.account_number_external,
    expires: { instant: expiresAt.toISOString(), at: instantWords(expiresAt), distance: distanceWords(expiresAt, now) },
    problem: refusal?.field === null ? refusal.words : null,
    again: hasProblem ? 'Nothing was stored. Secrets are never shown again: enter them anew.' : null,
    forms: forms.map((form) => ({
      form,
      heading: headings[form].heading,
      about: headings[form].about(provider.name),
      fields: fieldsOfForm[form].map((name) => ({
        name,
        // Both forms stand on one page.
        id: `${form}-${name}`,
        ...fields[name],
        type: fields[name].isSecret ? 'password' : 'text',
        value: fields[name].isSecret ? '' : (view.clientId ?? ''),
        problem: form === wrong ? (problems[name] ?? null) : null,
      })),
    })),
    takesOwnApp: forms.includes('own_app'),
    scopes: forms.includes('own_app') ? scopesOfApp(scopes) : scopes,
    eventsPath: null,
  });
}
