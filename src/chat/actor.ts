// Who acts: the person behind a message, a click or a page, and what this person may do.

import { type CustomerKind, PROVIDER_PATH } from '../customers/customers.schema.ts';
import { intersection, isInScope, type Scope } from '../db/scope.ts';
import type { settings } from '../settings/settings.schema.ts';
import type { spaces } from '../spaces/spaces.schema.ts';
import type { lastLists, Role } from './chat.schema.ts';

/** Why somebody who looks like an administrator is not obeyed. */
export interface Doubt {
  /** The administrator's e-mail, as in ADMINS or as rights were given to it. */
  readonly admin: string;
  /**
   * `person`: another person has the administrator's address. `organization`: the administrator is in another Webex organization now. `address`: the
   * administrator has another address now.
   */
  readonly what: 'person' | 'organization' | 'address';
}

export interface Judged {
  /** `configured`: an administrator of the provider, by ADMINS. `given`: somebody to whom an administrator gave rights. */
  readonly rights: 'configured' | 'given' | 'none';
  readonly doubt?: Doubt;
}

export interface Actor extends Judged {
  readonly personId: string;
  /** With ASCII letters in lower case; empty where Webex shows none. */
  readonly email: string;
  /** Empty where Webex shows none. */
  readonly webexOrgId: string;
  /** `person`, `bot` or another kind of machine. */
  readonly type: string;
}

/** A node of the tree, in short. */
export interface CustomerNode {
  readonly id: string;
  /** The ids from the root to the node: what stands at or below it has a path that begins with this one. */
  readonly path: string;
  readonly name: string;
  readonly kind: CustomerKind;
}

/** A right that a person holds at a node and below. */
export interface HeldRight {
  readonly role: Role;
  readonly path: string;
}

/** Where a space stands, and what the actor may do anywhere. */
export interface Standing {
  /** The node of the space: nothing is shown there that does not stand at it or below. */
  readonly customer: CustomerNode;
  /** The space as it was when the command was read; undefined where nobody has noted it yet. */
  readonly space: typeof spaces.$inferSelect | undefined;
  /** The list that the actor saw last in the space. */
  readonly lastList: Omit<typeof lastLists.$inferSelect, 'roomId' | 'personId'> | undefined;
  readonly held: readonly HeldRight[];
  /** What the levels that count in the space have decided. */
  readonly decided: readonly Decided[];
}

/** What a level of the settings has decided. */
export type Decided = Pick<typeof settings.$inferSelect, 'level' | 'subject' | 'values'>;

/**
 * What a command asks of whoever gives it. `none`: any right at all. `viewer`: to read. `administrator`: to change. `provider`: to be an administrator of
 * the provider, in a space that stands at the provider.
 */
export type Need = 'none' | 'viewer' | 'administrator' | 'provider';

/** What the actor may see in the space, or change where that is what is needed. */
export function scopeFor({ customer, held }: Standing, need: Need): Scope {
  const roots = held.filter(({ role }) => need === 'viewer' || need === 'none' || role === 'administrator');
  const may = outermost(roots.map(({ path }) => path));
  return widest(intersection(may, widest({ within: [customer.path] })));
}

/** What the actor may change in any space. */
export const changeableScope = ({ held }: Pick<Standing, 'held'>): Scope =>
  outermost(held.filter(({ role }) => role === 'administrator').map(({ path }) => path));

/** Whether a standing gives what is needed. */
export function suffices(standing: Standing, need: Need): boolean {
  if (need === 'none') return standing.held.length > 0;
  const { within } = scopeFor(standing, need);
  return need === 'provider' ? within === 'all' : within.length > 0;
}

/** Whether the actor may change what stands at this path, in any space. */
export const mayChange = ({ held }: Pick<Standing, 'held'>, path: string): boolean =>
  held.some((right) => right.role === 'administrator' && path.startsWith(right.path));

/** Without nodes that stand below another of them. */
function outermost(paths: readonly string[]): Scope {
  const all = [...new Set(paths)];
  return widest({ within: all.filter((path) => !all.some((other) => other !== path && path.startsWith(other))) });
}

/** The provider's node holds everything. */
const widest = (scope: Scope): Scope => (isInScope(scope, PROVIDER_PATH) ? { within: 'all' } : scope);
