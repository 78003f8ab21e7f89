// Webex with a grant that is stored: its access token is opened, and the calls go through the proxy of the organization that is asked about.

import type { Sealer } from '../../db/seal/seal.ts';
import { tokenPlace } from '../../db/seal/sealed-places.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { organizationProxy } from '../../organizations/organization-proxy.ts';
import type { WebexClient } from '../../webex/client.ts';
import type { ConnectAs } from '../connect/steps/step.ts';
import type { LiveConnection } from '../connection.store.ts';

export interface GrantDeps {
  sealer: Sealer;
  connectAs: ConnectAs;
}

/** `source`: whose tokens these are, the organization's own or those of its partner. `baseUrl`: that of the REST API by default. */
export const withGrant = (
  { sealer, connectAs }: GrantDeps,
  {
    organization,
    source: { organizationId, accessToken },
    baseUrl,
  }: {
    organization: Pick<Organization, 'id' | 'http_proxy' | 'https_proxy'>;
    source: Pick<LiveConnection, 'organizationId' | 'accessToken'>;
    baseUrl?: string;
  },
): WebexClient =>
  connectAs(
    sealer.open(accessToken, tokenPlace('access_token', organizationId)),
    organizationProxy(sealer, organization),
    baseUrl,
  );
