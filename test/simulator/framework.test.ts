// The bot framework that the product is built on starts against the simulator, registers its webhooks and hears a command.

import { createRequire } from 'node:module';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startOneWebex } from '../helpers/one-webex.ts';
import { patiently } from '../helpers/patience.ts';
import { call, personNamed, roomOf, startReceiver } from './local-webex.ts';

interface Framework {
  start(): Promise<boolean>;
  stop(): Promise<boolean>;
  email: string;
  initialized: boolean;
  getWebexSDK(): { people: { get(id: string): Promise<{ displayName: string }> } };
}

describe('webex-node-bot-framework', () => {
  it('starts, learns who it is, looks people up in batches and registers its webhooks', async () => {
    const simulator = await startOneWebex({ redirectUris: [] });
    onTestFinished(() => simulator.stop());
    const receiver = await startReceiver();
    // The SDK reads these when it is loaded, and never again.
    vi.stubEnv('HYDRA_SERVICE_URL', simulator.apiUrl);
    vi.stubEnv('WEBEX_LOG_LEVEL', 'error');
    vi.stubEnv('U2C_SERVICE_URL', simulator.apiUrl);
    const load = createRequire(import.meta.url);
    const FrameworkClass = load('webex-node-bot-framework') as new (options: object) => Framework;
    const framework = new FrameworkClass({
      token: simulator.bot.token,
      webhookUrl: receiver.url,
      webhookSecret: 'a webhook secret',
      removeWebhooksOnStart: false,
      maxStartupSpaces: 0,
    });
    await framework.start();
    expect([framework.email, framework.initialized]).toEqual([simulator.bot.email, true]);

    const { people } = framework.getWebexSDK();
    const [ada, ben] = [personNamed(simulator, 'ada'), personNamed(simulator, 'ben')];
    const found = await Promise.all([people.get(ada.personId), people.get(ben.personId)]);
    expect(found.map(({ displayName }) => displayName)).toEqual(['Ada Lindqvist', 'Ben Okafor']);

    const webhooks = () => call(simulator, simulator.bot.token, 'GET', '/webhooks');
    await vi.waitFor(async () => expect((await webhooks()).body.items).toHaveLength(2), { timeout: 10_000 });
    const message = { roomId: roomOf(simulator, 'group').id, markdown: `<@personId:${simulator.bot.personId}> help` };
    await call(simulator, ada.token, 'POST', '/messages', message);
    await vi.waitFor(() => expect(receiver.received[0]?.event).toMatchObject({ resource: 'messages' }), patiently);
    await framework.stop();
  });
});
