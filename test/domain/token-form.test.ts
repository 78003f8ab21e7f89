// What is entered on the page for tokens, and what is typed to get there.
import { describe, expect, it } from 'vitest';
import { readMigrateArgument, readWay } from '../../src/connections/migrate/migrate-rules.ts';
import { readTokenForm, refusalWords, TOKEN_FIELDS } from '../../src/connections/tokens/token-rules.ts';
import { readTokensArgument } from '../../src/connections/tokens/tokens.action.ts';

const whole = { client_id: 'C1', client_secret: 's3cret', refresh_token: 'r-token', access_token: 'a-token' };

describe('the form for tokens', () => {
  it('reads what was copied with blanks around it, and an access token where there is one', () => {
    expect(readTokenForm({ ...whole, client_secret: ' s3cret\n', more: 'x' })).toEqual({
      tokens: { app: { clientId: 'C1', clientSecret: 's3cret' }, refreshToken: 'r-token', accessToken: 'a-token' },
      ...{ clientId: 'C1', form: 'own_app' },
    });
    expect(readTokenForm({ ...whole, access_token: ' ' })).toMatchObject({ tokens: { accessToken: null } });
  });

  it('reads a pair without an app, whatever else is sent', () => {
    expect(readTokenForm({ ...whole, form: 'pair' })).toMatchObject({
      form: 'pair',
      tokens: { app: null, refreshToken: 'r-token', accessToken: 'a-token' },
    });
    expect(readTokenForm({ form: 'pair' })).toMatchObject({ problems: { refresh_token: 'Enter the refresh token.' } });
    expect(readTokenForm({ ...whole, form: 'another' })).toMatchObject({ form: 'own_app' });
  });

  it.each([
    ['nothing at all', undefined, ['client_id', 'client_secret', 'refresh_token']],
    ['no form', '{}', ['client_id', 'client_secret', 'refresh_token']],
    ['a field twice', { ...whole, refresh_token: ['r', 'r'] }, ['refresh_token']],
    ['blanks inside', { ...whole, client_secret: 's3 cret' }, ['client_secret']],
    ['letters that no header carries', { ...whole, refresh_token: 'tökén' }, ['refresh_token']],
    ['a token without end', { ...whole, access_token: 'a'.repeat(5000) }, ['access_token']],
    ['a client id without end', { ...whole, client_id: 'C'.repeat(201) }, ['client_id']],
  ])('names the fields that are wrong: %s', (_what, body, wrong) => {
    const read = readTokenForm(body);
    expect('problems' in read && Object.keys(read.problems)).toEqual(wrong);
    const said = JSON.stringify('problems' in read && read.problems);
    for (const value of Object.values(whole)) expect(said).not.toContain(`${value} `);
  });

  it.each([
    'app_refused',
    'tokens_refused',
    'not_ours',
    'invalid_client',
    'needs_consent',
    'answer_lost',
    'wrong_organization',
    'cannot_read',
    'not_better',
    'http_418',
  ])('has a sentence for a refusal: %s', (reason) => {
    const { field, words } = refusalWords(reason);
    expect(words).toMatch(/\.$/);
    expect(words).not.toContain(reason);
    if (field !== null) expect(TOKEN_FIELDS).toContain(field);
  });
});

describe('what is typed', () => {
  it.each([
    ['acme tokens', 'acme'],
    ['Acme Robotics own app', 'Acme Robotics'],
    ['acme OWN-APP', 'acme'],
    ['tokens', undefined],
    ['own app', undefined],
    ['acme token', undefined],
    ['acmetokens', undefined],
  ])('behind connect: %s', (typed, name) => {
    expect(readTokensArgument(typed)?.name).toBe(name);
  });

  it.each([
    ['acme tokens', 'acme', 'tokens'],
    ['acme to own app', 'acme', 'tokens'],
    ['acme service app', 'acme', 'service_app'],
    ['acme partner', 'acme', 'partner'],
    ['tokens', 'tokens', undefined],
  ])('behind migrate: %s', (typed, name, way) => {
    expect(readMigrateArgument(typed)).toEqual({ name, way });
  });

  it.each([
    ['tokens', 'tokens'],
    ['consent', 'consent'],
    ['own_app', undefined],
    [1, undefined],
  ])('by a button of migrate: %s', (sent, way) => {
    expect(readWay(sent)).toBe(way);
  });
});
