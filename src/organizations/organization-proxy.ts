// The proxies of an organization’s record: all requests to Webex for this organization go through them.

import type { Sealer } from '../db/seal/seal.ts';
import { proxyPlace } from '../db/seal/sealed-places.ts';
import type { ProxySettings } from '../webex/proxy.ts';
import type { organizations } from './organizations.schema.ts';

type ProxyColumns = Pick<typeof organizations.$inferSelect, 'id' | 'http_proxy' | 'https_proxy'>;

/** Opens the record's proxies; empty where it has none. */
export function organizationProxy(sealer: Sealer, organization: ProxyColumns): ProxySettings {
  const open = (column: 'http_proxy' | 'https_proxy') => {
    const value = organization[column];
    return value === null ? undefined : sealer.open(value, proxyPlace(column, organization.id));
  };
  const http = open('http_proxy');
  const https = open('https_proxy');
  return { ...(http === undefined ? {} : { http }), ...(https === undefined ? {} : { https }) };
}
