// The bot framework as its own documentation shows it: express, its webhook handler, and one `hears`.

import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';

/** The framework, which brings no types, as far as this bot uses it. */
interface Framework {
  start(): Promise<void>;
  hears(phrase: RegExp, act: (bot: { say(text: string): Promise<void> }, trigger: { text: string }) => void): void;
  on(event: 'initialized', heard: () => void): void;
  removeAllListeners(event: 'error'): void;
}

const { WEBEX_API_URL: apiUrl = '', WEBEX_BOT_TOKEN: token = '', WEBHOOK_SECRET: secret = '' } = process.env;
// The SDK reads these when it is loaded.
Object.assign(process.env, { HYDRA_SERVICE_URL: apiUrl, U2C_SERVICE_URL: apiUrl, WEBEX_LOG_LEVEL: 'error' });

const load = createRequire(import.meta.url);
const FrameworkClass = load('webex-node-bot-framework') as new (options: object) => Framework;
const webhookHandler = load('webex-node-bot-framework/webhook.js') as (framework: Framework) => RequestHandler;

const app = express();
const server = app.listen(0, '127.0.0.1', async () => {
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const framework = new FrameworkClass({ token, webhookUrl, webhookSecret: secret });
  // Its own listener of `error` throws.
  framework.removeAllListeners('error');
  app.use(express.json());
  app.post('/', webhookHandler(framework));
  framework.hears(/.*/, (bot, trigger) => {
    bot.say(`You said: ${trigger.text}`).catch((error: unknown) => console.error(error));
  });
  framework.on('initialized', () => process.stdout.write('ready\n'));
  await framework.start();
});
