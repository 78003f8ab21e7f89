// Many customers at once, each with an administrator who has consented already: what a provider has after years, for tests and measurements.

import type { Parts } from '../parts.ts';
import { giveOwnTokens } from '../rest/access.ts';
import { newCustomer } from '../seed.ts';
import type { Organization, Person } from '../world.ts';
import { giveGrant } from './token.ts';

export interface GrantedOrganization {
  organization: Pick<Organization, 'id' | 'displayName'>;
  administrator: Pick<Person, 'id' | 'email'>;
  accessToken: string;
  refreshToken: string;
  scopes: string[];
}

/** Adds `count` organizations to the world. */
export function grantMany(deps: Parts, count: number): GrantedOrganization[] {
  const { world } = deps;
  const first = world.organizations.size + 1;
  const granted = Array.from({ length: count }, (_, index) => {
    const { organization, administrator } = newCustomer(first + index, deps.now());
    world.organizations.set(organization.id, organization);
    world.people.set(administrator.id, administrator);
    const { access, refresh } = giveGrant(deps, administrator, world.integration);
    const { id, displayName } = organization;
    return {
      organization: { id, displayName },
      administrator: { id: administrator.id, email: administrator.email },
      accessToken: access.token,
      refreshToken: refresh.token,
      scopes: access.scopes,
    };
  });
  giveOwnTokens(deps);
  deps.happened({ resource: 'simulator', event: 'people' });
  return granted;
}
