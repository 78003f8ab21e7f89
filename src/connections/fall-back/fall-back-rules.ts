// What may hold a connection where its present way is lost: a way that needs no further consent of a person.

import type { connections } from '../connections.schema.ts';
import { notAuthorized, oneLookMs } from '../refresh/refresh-rules.ts';
import { rulesOfWay, type Way } from '../ways/ways.ts';

type Connection = typeof connections.$inferSelect;

/** `partner`: the grant of a partner that manages the organization. `service_app`: our own app, while it is authorized. */
export const FALL_BACKS = ['partner', 'service_app'] as const;
export type FallBack = (typeof FALL_BACKS)[number];

/** Behind "falls back to". */
export const fallBackWords = (way: FallBack): string => (way === 'partner' ? rulesOfWay(way).words : 'the service app');

export const asFallBack = (way: Way | null): FallBack | null => FALL_BACKS.find((one) => one === way) ?? null;

/** Why a fall-back did not take over, beside Webex's codes. `unavailable`: Webex did not answer for an hour. `internal_error`: a fault of ours. */
export const FALL_BACK_REFUSALS = ['unavailable', 'internal_error', 'needs_consent', 'no_partner'] as const;
export type FallBackRefusal = (typeof FALL_BACK_REFUSALS)[number] | (string & {});

/** What is wrong with the organization itself: it is not tried again. Every other trouble is of the partner, of the app or of Webex, and may pass. */
export const finalRefusals = [
  notAuthorized,
  'http_403',
  'http_404',
  'another_organization',
  'needs_consent',
  'wholesale',
] as const;

export const isFinal = (code: string | null): boolean => finalRefusals.some((final) => final === code);

type Standing = Pick<Connection, 'state' | 'fallbackWay' | 'fallbackRefusal'>;

/** Whether it is lost, and its fall-back may still take over. Until it was tried, nobody is told of the loss. */
export const isFallingBack = ({ state, fallbackWay, fallbackRefusal }: Standing): boolean =>
  state === 'lost' && fallbackWay !== null && !isFinal(fallbackRefusal);

/**
 * Whether the loss may still be taken back, since refusals of many unrelated people come together: within this time the refused grant stays as it is, to be
 * asked for once more. An app that is not authorized any more was asked for itself.
 */
export const mayBeTakenBack = (
  { stateReason, refusedAt }: Pick<Connection, 'stateReason' | 'refusedAt'>,
  now: Date,
): boolean => refusedAt !== null && stateReason !== notAuthorized && now.getTime() - refusedAt.getTime() < oneLookMs;

/** What falls back once another way has taken over: the former one, where it needs no person and may be good again. */
export function nextFallBack(former: Pick<Connection, 'way' | 'appClientId' | 'viaOrganizationId'>): {
  fallbackWay: FallBack | null;
  fallbackViaOrganizationId: string | null;
} {
  const way = former.appClientId === null ? asFallBack(former.way) : null;
  return { fallbackWay: way, fallbackViaOrganizationId: way === 'partner' ? former.viaOrganizationId : null };
}

/** What came of setting one. */
export type FallBackSet =
  | { readonly outcome: 'set'; readonly way: FallBack; readonly partnerName: string | null }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'not_connected' | 'same_way' | 'needs_consent' }
  | { readonly outcome: 'refused'; readonly way: FallBack; readonly code: string };
