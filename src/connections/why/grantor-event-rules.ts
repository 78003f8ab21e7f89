// Which events of Control Hub's admin audit can end a grant.

import type { AdminEvent } from '../../webex/admin-audit.ts';
import { decodeWebexId, isSameId } from '../../webex/ids.ts';

/** What happened: to the grantor, to our integration, or to one that is perhaps another. */
export const GRANTOR_EVENTS = ['role', 'password', 'deleted', 'integration', 'other_integration'] as const;
export type GrantorEvent = (typeof GRANTOR_EVENTS)[number];

/** Kept beside the events: the audit was read at a loss, up to then. */
export const AUDIT_READ = 'audit_read';

/** In the order in which they are looked for: who is deleted loses roles as well. */
const patterns: readonly (readonly [GrantorEvent, RegExp])[] = [
  ['deleted', /delet|deactivat/],
  ['password', /password/],
  ['role', /\brole|administrator (rights|privileges)/],
];

const ofIntegration = /integration|application/;
const ended = /block|revok|den(y|ied)|disallow|remov|delet/;

/** Whom an event may be about. */
export interface Grantor {
  readonly personId: string;
  readonly email: string;
  /** Of our integration; undefined where it is not known. */
  readonly clientId?: string | undefined;
}

/**
 * What an event means for a grant; undefined where it means nothing. Webex has no codes for this: its words decide no more than what a person is told, and stand
 * beside it. Whom it was done to is said by the event's target; its sentence, which names the actor as well, counts only where it has none.
 */
export function grantorEventOf(event: AdminEvent, grantor: Grantor): GrantorEvent | undefined {
  const { data } = event;
  const words = [data?.eventCategory, data?.eventDescription, data?.actionText].join(' ').toLowerCase();
  const isTheirs = isDoneTo(event, grantor);
  if (ofIntegration.test(words) && ended.test(words)) {
    return isTheirs || isOurs(event, grantor) ? 'integration' : 'other_integration';
  }
  return isTheirs ? patterns.find(([, pattern]) => pattern.test(words))?.[0] : undefined;
}

function isDoneTo({ actorId = '', data = {} }: AdminEvent, { personId, email }: Grantor): boolean {
  const { targetId, targetName, actorEmail, actionText = '' } = data;
  if (targetId !== undefined || targetName !== undefined) {
    return isSameId(targetId ?? '', personId) || mentions(targetName ?? '', email);
  }
  const isActor = isSameId(actorId, personId) || actorEmail?.toLowerCase() === email.toLowerCase();
  // `ada@acme.example deleted bob@acme.example`: whoever comes first acted.
  const [first = '', ...others] = actionText.trim().split(/\s+/);
  return !isActor && !mentions(first, email) && mentions(others.join(' '), email);
}

/** As a word of its own: `ada@acme.example` is no part of `nada@acme.example`. */
const mentions = (text: string, email: string): boolean =>
  text
    .toLowerCase()
    .split(/[\s,;:()<>"“”]+|\.(?:\s|$)/)
    .includes(email.toLowerCase());

/** By the id of the application, which holds the client id, or by that itself. An event that names nothing may be about ours. */
function isOurs({ data = {} }: AdminEvent, { clientId }: Grantor): boolean {
  const { targetId, targetName } = data;
  if (targetId === undefined) return targetName === undefined;
  return clientId !== undefined && [targetId, decodeWebexId(targetId)?.value].includes(clientId);
}
