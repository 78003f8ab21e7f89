// How a new grant is proven before it takes the place of a connection that works.

import type { Organization } from '../../organizations/organization.store.ts';
import type { WebexClient } from '../../webex/client.ts';
import type { Ability } from '../ways/ways.ts';

/** A read that works with a grant that can do what a synced record needs. */
export interface GrantProof {
  /** What is read, in words. */
  readonly what: string;
  /** The scope that reading it takes. */
  readonly scope: string;
  /** What a connection's way must be able to do for it; any way can where it is left out. */
  readonly ability?: Ability;
  /** The scope alone decides it: where Webex has named what it granted, this is not read. */
  readonly byScopeAlone: boolean;
  /** @throws WebexRefused, WebexUnavailable */
  readonly ask: (webex: WebexClient, organization: Organization) => Promise<unknown>;
}
