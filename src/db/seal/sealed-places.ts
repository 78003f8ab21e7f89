// The places of sealed values, each written once: a value opens only for the place for which it was sealed.

import type { SealedPlace } from './seal.ts';

/** A token of an organization's connection. */
export const tokenPlace = (column: 'access_token' | 'refresh_token', organizationId: string): SealedPlace => ({
  table: 'connections',
  column,
  id: organizationId,
});

/** A proxy of an organization's record. */
export const proxyPlace = (column: 'http_proxy' | 'https_proxy', organizationId: string): SealedPlace => ({
  table: 'organizations',
  column,
  id: organizationId,
});

/** The PKCE code verifier of a connect link. */
export const codeVerifierPlace = (linkId: string): SealedPlace => ({
  table: 'connect_links',
  column: 'code_verifier',
  id: linkId,
});

/** What the steps of a transaction hand on. */
export const pendingPlace = (transactionId: number): SealedPlace => ({
  table: 'transactions',
  column: 'pending',
  id: String(transactionId),
});
