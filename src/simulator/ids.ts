// Ids, tokens and secrets in the shapes that Webex gives them, so that a reader of them meets what the live service sends.

import { randomBytes, randomUUID } from 'node:crypto';

export type IdKind =
  | 'PEOPLE'
  | 'ORGANIZATION'
  | 'ROOM'
  | 'MEMBERSHIP'
  | 'MESSAGE'
  | 'ATTACHMENT_ACTION'
  | 'WEBHOOK'
  | 'CONTENT'
  | 'ROLE'
  | 'LICENSE'
  | 'LOCATION'
  | 'WORKSPACE_LOCATION_FLOOR'
  | 'PLACE'
  | 'AUTHORIZATION'
  | 'APPLICATION'
  | 'ENTERPRISE'
  | 'CALLING_PROFILE'
  | 'SUBSCRIBER';

/** Webex's id of a thing: unpadded url-safe base64 of `ciscospark://us/<kind>/<key>`. */
export function webexId(kind: IdKind, key: string = randomUUID()): string {
  return Buffer.from(`ciscospark://us/${kind}/${key}`).toString('base64url');
}

/** The last part of a Webex id: for an organization the UUID that Control Hub shows. */
export function keyOf(id: string): string {
  return Buffer.from(id, 'base64url').toString('utf8').split('/').at(-1) ?? '';
}

/** A token or code as Webex writes it: `<random>_<cluster>_<organization's UUID>`. */
export function newToken(orgId: string): string {
  const random = Buffer.from(`${randomUUID()}${randomBytes(12).toString('hex')}`).toString('base64url');
  return `${random}_PF84_${keyOf(orgId)}`;
}

export function newClientId(): string {
  return `C${randomBytes(32).toString('hex')}`;
}

export function newClientSecret(): string {
  return randomBytes(32).toString('hex');
}

export function newTrackingId(): string {
  return `ROUTERGW_${randomUUID()}`;
}
