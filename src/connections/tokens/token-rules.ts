// What is entered on the page for tokens: how it is read, and what is wrong with it. Pure rules.

import { z } from 'zod';

/** What a one-time link leads to: Webex's consent page, or the page on which tokens are entered. */
export const LINK_PURPOSES = ['consent', 'tokens'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** The inputs of the page, in its order. */
export const TOKEN_FIELDS = ['client_id', 'client_secret', 'refresh_token', 'access_token'] as const;
export type TokenField = (typeof TOKEN_FIELDS)[number];

/** The forms of the page: of a service app that the organization has made itself, or a pair that our own integration or service app has issued. */
export const TOKEN_FORMS = ['own_app', 'pair'] as const;
export type TokenForm = (typeof TOKEN_FORMS)[number];

/** The inputs of each form. */
export const fieldsOfForm: Record<TokenForm, readonly TokenField[]> = {
  own_app: TOKEN_FIELDS,
  pair: ['refresh_token', 'access_token'],
};

/** What was entered, ready to be tried at Webex. */
export interface EnteredTokens {
  /** Null where our own integration or service app has issued them. */
  app: { clientId: string; clientSecret: string } | null;
  refreshToken: string;
  /** Null where none was entered. */
  accessToken: string | null;
}

export type Problems = Partial<Record<TokenField, string>>;

/** Longer than any that Webex is known to give. */
const MOST_CHARACTERS = 4096;
const CLIENT_ID_MOST_CHARACTERS = 200;

/** What a form can send; whatever else is sent counts as nothing. */
const sent = z
  .string()
  .catch('')
  .transform((text) => text.trim());
const formSchema = z.object({
  form: z.enum(TOKEN_FORMS).catch('own_app'),
  ...{ client_id: sent, client_secret: sent, refresh_token: sent, access_token: sent },
});
const nothingSent = formSchema.parse({});

const names: Record<TokenField, string> = {
  client_id: 'client ID',
  client_secret: 'client secret',
  refresh_token: 'refresh token',
  access_token: 'access token',
};

/** What is said of a form whatever was entered: which one was sent, and what of it is shown again. */
interface Sent {
  form: TokenForm;
  clientId: string;
}

/** Reads what the page has sent. No problem repeats what was entered. */
export function readTokenForm(body: unknown): Sent & ({ tokens: EnteredTokens } | { problems: Problems }) {
  const values = formSchema.catch(nothingSent).parse(body);
  const { form, client_secret: clientSecret, refresh_token: refreshToken, access_token: accessToken } = values;
  const clientId = values.client_id.slice(0, CLIENT_ID_MOST_CHARACTERS);
  const problems: Problems = {};
  for (const field of fieldsOfForm[form]) {
    const problem = problemOf(field, values[field]);
    if (problem !== undefined) problems[field] = problem;
  }
  if (Object.keys(problems).length > 0) return { form, clientId, problems };
  const app = form === 'own_app' ? { clientId, clientSecret } : null;
  return { form, clientId, tokens: { app, refreshToken, accessToken: accessToken === '' ? null : accessToken } };
}

function problemOf(field: TokenField, value: string): string | undefined {
  if (value === '') return field === 'access_token' ? undefined : `Enter the ${names[field]}.`;
  const most = field === 'client_id' ? CLIENT_ID_MOST_CHARACTERS : MOST_CHARACTERS;
  // What a header can carry.
  return /^[\x21-\x7e]+$/.test(value) && value.length <= most
    ? undefined
    : `This is no ${names[field]}: copy it once more, without blanks or line breaks.`;
}

/** Why what was entered came to nothing, by the code of the step that failed: at a field, or as a whole, where `field` is null. */
export function refusalWords(reason: string): { field: TokenField | null; words: string } {
  switch (reason) {
    case 'app_refused':
      return {
        field: 'client_secret',
        words: 'Webex does not accept this client ID with the secret that was entered.',
      };
    case 'tokens_refused':
      return {
        field: 'refresh_token',
        words:
          'Webex does not accept the refresh token: it has expired, was replaced or revoked, or another app issued it. Generate new tokens and enter those.',
      };
    case 'not_ours':
      return {
        field: 'refresh_token',
        words:
          'Webex does not accept this refresh token from us: it has expired, was replaced or revoked, or another app issued it. Tokens of another app are entered with its client ID and secret.',
      };
    case 'answer_lost':
      return {
        field: 'refresh_token',
        words:
          'Webex’s answer did not arrive, and Webex accepts the refresh token no more. Generate new tokens and enter those.',
      };
    case 'wrong_organization':
      return {
        field: null,
        words: 'These tokens are for another organization. Generate tokens for the organization that is named below.',
      };
    case 'cannot_read':
      return {
        field: null,
        words:
          'Webex does not let these tokens read the organization: they are for another one, or the app lacks the scope spark-admin:organizations_read.',
      };
    case 'not_better':
      return {
        field: null,
        words:
          'These tokens may not read all that this connection needs, and the connection of before stays. Give the app the scopes that are named below, have it authorized once more, and generate new tokens.',
      };
    case 'incomplete_grant':
      return { field: null, words: 'Webex did not say when these tokens expire, so the connection could not be kept.' };
    case 'invalid_client':
      return {
        field: null,
        words:
          'Webex does not accept our own app at the moment; nothing is wrong with the tokens. Whoever sent you the link sees why.',
      };
    case 'needs_consent':
      return { field: null, words: 'A service app cannot hold this organization: its grant serves others.' };
    case 'busy':
      return {
        field: null,
        words: 'The organization is being connected already. Wait a minute, then enter them again.',
      };
    default:
      return { field: null, words: 'Webex did not accept these tokens.' };
  }
}
