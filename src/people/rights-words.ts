// What is typed to give and to take rights, and how rights are said.

import type { CustomerNode } from '../chat/actor.ts';
import type { Role } from '../chat/chat.schema.ts';
import { asciiLower } from '../lib/ascii.ts';
import { trimmed } from '../lib/search-key.ts';

/** What was typed behind `admins add`. */
export interface GivenWords {
  readonly email: string;
  readonly role: Role;
  /** The kind of node that the role was typed with, as in `reseller administrator`. */
  readonly kind: CustomerNode['kind'] | undefined;
  /** The customer; empty where none was typed. */
  readonly customer: string;
}

/** How much of what was typed is read. */
export const GIVEN_MAX = 600;

/** `bob@north.example`, `bob@north.example viewer Acme`, `bob@north.example reseller administrator North`; undefined without an e-mail. */
export function readGiven(typed: string): GivenWords | undefined {
  const [, address = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(typed.slice(0, GIVEN_MAX)) ?? [];
  const email = emailIn(address);
  if (email === undefined) return undefined;
  const role =
    /^(?:(provider|reseller|customer|node)\s+)?(administrators?|admins?|viewers?)(?:\s+(?:of|at|for)\b)?(?:\s+|$)/i.exec(
      rest,
    );
  const kind = role?.[1]?.toLowerCase() as GivenWords['kind'];
  return {
    email,
    role: role?.[2]?.toLowerCase().startsWith('viewer') ? 'viewer' : 'administrator',
    kind,
    customer: trimmed(rest.slice(role?.[0].length ?? 0)),
  };
}

/** The address without what clients add around it, in lower case; undefined where it is none. */
export function emailIn(typed: string): string | undefined {
  const bare = asciiLower(trimmed(typed).replace(/^(?:mailto:|[<("'])+|[>)"',;.]+$/gi, ''));
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(bare) ? bare : undefined;
}

/** `reseller administrator`, `viewer` */
export const roleWords = (role: Role, { kind }: Pick<CustomerNode, 'kind'>): string =>
  role === 'viewer' || kind === 'node' ? role : `${kind} ${role}`;
