// A service app as its owner registers it on Webex's page for developers: nobody has authorized it yet.

import { newClientId, newClientSecret, webexId } from './ids.ts';
import { serviceAppScopes } from './scopes.ts';
import type { ServiceApp } from './world-services.ts';

export function seedServiceApp(name: string, orgId: string): ServiceApp {
  const clientId = newClientId();
  return {
    id: webexId('APPLICATION', clientId),
    name,
    clientId,
    clientSecret: newClientSecret(),
    orgId,
    scopes: [...serviceAppScopes],
    machines: {},
  };
}
