// What can happen to a person and to the grants that hang on one, as Control Hub's admin audit tells it.

import { type Described, noteInAudit } from './admin-audit.ts';
import type { Parts } from './parts.ts';
import { ROLES } from './seed.ts';
import type { Person } from './world.ts';

/** Ends the tokens that the integration got from these people. */
function endTokens({ world }: Parts, holds: (personId: string) => boolean): void {
  for (const { clientId, personId, token } of [...world.authorizations.values()]) {
    if (clientId === world.integration.clientId && holds(personId)) world.authorizations.delete(token);
  }
}

const FATES: Record<Described, (deps: Parts, person: Person) => void> = {
  /** The organization revokes the integration's access: all tokens from this person's consents are dead. */
  revoke: (deps, person) => endTokens(deps, (id) => id === person.id),
  delete({ world }, person) {
    world.people.set(person.id, { ...person, deleted: true });
  },
  /** No administrator any more: reads are refused at once, and the grant cannot be refreshed. */
  demote({ world }, person) {
    world.people.set(person.id, { ...person, roles: [], administers: [] });
  },
  /** May read all, and change nothing. */
  'read-only'({ world }, person) {
    world.people.set(person.id, { ...person, roles: [ROLES.readOnlyAdministrator.id] });
  },
  /** A new password ends what was granted under the old one. */
  'reset-password': (deps, person) => endTokens(deps, (id) => id === person.id),
  /** The integration is blocked in the whole organization: all tokens of its people are dead. */
  block(deps, { orgId }) {
    endTokens(deps, (id) => deps.world.people.get(id)?.orgId === orgId);
  },
};

export const fates = Object.keys(FATES);

/** Has the fate befall the person, and notes in the audit who did it. False where there is no such fate. */
export function befall(deps: Parts, fate: string, person: Person, by: Person | undefined): boolean {
  if (!isFate(fate)) return false;
  noteInAudit(deps, fate, person, by);
  FATES[fate](deps, person);
  return true;
}

const isFate = (fate: string): fate is Described => Object.hasOwn(FATES, fate);
