// The tags of a partner's customers, as the simulator lists them: by tag, a page at a time.
import { expect, it } from 'vitest';
import { createWebexClient } from '../../src/webex/client.ts';
import { listTagged } from '../../src/webex/partner-tags.ts';
import { call, control, organizationNamed, personNamed, startSimulator } from '../simulator/local-webex.ts';

it('lists every tagged organization once, however many there are', async () => {
  const simulator = await startSimulator();
  const { token } = personNamed(simulator, 'ada');
  const partner = '/organizations/Meridian%20Managed%20Services/managed';
  const { body } = await control(simulator, 'PUT', partner, { add: 120 });
  const names = body.items.map(({ displayName }) => displayName);
  const items = names.map((name, index) => ({ name, tags: index === 0 ? [] : [`Tag ${index % 25}`, 'All'] }));
  await control(simulator, 'PUT', partner, { items });
  const clock = { now: () => new Date(), sleep: async () => {} };
  const client = createWebexClient({ baseUrl: simulator.apiUrl, accessToken: token, clock });
  const tagged = await listTagged(client);
  expect(tagged.size).toBe(names.length - 1);
  expect([...tagged.keys()]).not.toContain(organizationNamed(simulator, String(names[0])).id);
  expect([...tagged.values()].every((tags) => tags.includes('All'))).toBe(true);
  expect((await call(simulator, token, 'GET', '/partner/tags')).status).toBe(400);
});
