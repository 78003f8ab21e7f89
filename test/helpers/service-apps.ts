// What happens to the provider's service app in the simulator: Control Hub's side of it.

import { asksWebex } from './story.ts';
import type { TestApp } from './test-app.ts';

/** The control door of the simulated Webex, for its service app. */
export function serviceAppsOf({ simulator }: Pick<TestApp, 'simulator'>) {
  const { clientId } = simulator.serviceApp;
  const owner = simulator.people.find(({ email }) => email === 'ada@meridian.example') ?? { token: '' };

  async function setAuthorized(name: string, authorized: boolean): Promise<void> {
    const path = `/simulator/api/service-apps/${clientId}/organizations/${encodeURIComponent(name)}`;
    const response = await fetch(simulator.url + path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ authorized }),
    });
    if (!response.ok) throw new Error(`authorizing in ${name}: ${response.status} ${await response.text()}`);
  }

  return {
    applicationId: Buffer.from(`ciscospark://us/APPLICATION/${clientId}`).toString('base64url'),
    /** As a full administrator does in Control Hub of the simulator's organization of that name. */
    authorize: (name: string) => setAuthorized(name, true),
    deauthorize: (name: string) => setAuthorized(name, false),
    /** The owner's webhooks for service apps. */
    async webhooks(): Promise<{ event: string; status: string }[]> {
      const { items } = (await asksWebex({ simulator }, owner, 'GET', '/webhooks')) as unknown as {
        items: { resource: string; event: string; status: string }[];
      };
      return items.filter(({ resource }) => resource === 'serviceApp');
    },
    /** The grants of our integration that a person has given and that stand. */
    async grantsOf(email: string): Promise<string[]> {
      const { token = '' } = simulator.people.find((person) => person.email === email) ?? {};
      const path = `/authorizations?personEmail=${encodeURIComponent(email)}`;
      const { items } = (await asksWebex({ simulator }, { token }, 'GET', path)) as unknown as {
        items: { id: string }[];
      };
      return items.map(({ id }) => id);
    },
  };
}

/** Asks the simulator's control door about service apps. */
async function control(
  { simulator }: Pick<TestApp, 'simulator'>,
  method: string,
  path: string,
  body: object = {},
): Promise<Record<string, string>> {
  const response = await fetch(`${simulator.url}/simulator/api/service-apps${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>);
}

const at = (clientId: string, organization: string) => `/${clientId}/organizations/${encodeURIComponent(organization)}`;

/** Authorizes an app in the organization, and gives a pair of its tokens as the page for developers shows it. */
export async function tokensOfApp(
  world: Pick<TestApp, 'simulator'>,
  { clientId, organization }: { clientId: string; organization: string },
): Promise<{ accessToken: string; refreshToken: string }> {
  await control(world, 'PUT', at(clientId, organization), { authorized: true });
  const { accessToken = '', refreshToken = '' } = await control(world, 'POST', `${at(clientId, organization)}/token`);
  return { accessToken, refreshToken };
}

/** A service app that an organization of the simulator makes itself, and authorizes. */
export async function makeOwnApp(
  world: Pick<TestApp, 'simulator'>,
  { name, owner: organization }: { name: string; owner: string },
) {
  const { clientId = '', clientSecret = '' } = await control(world, 'POST', '', { name, owner: organization });
  await control(world, 'PUT', at(clientId, organization), { authorized: true });
  return {
    clientId,
    clientSecret,
    /** A new pair. */
    tokens: () => tokensOfApp(world, { clientId, organization }),
    newSecret: async () => (await control(world, 'POST', `/${clientId}/secret`))['clientSecret'] ?? '',
    deauthorize: () => control(world, 'PUT', at(clientId, organization), { authorized: false }),
  };
}
