// Webex switches a webhook off, or it is gone: it comes back at the next look, what was said meanwhile is answered once, and nobody is told.
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { askedLast, eventually, faultsOf, idsSaid, metricOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, type Said, startTestApp, type TestApp } from '../helpers/test-app.ts';

const minuteMs = 60_000;

let testApp: TestApp;
let ada: Actor;
let direct: string;
let group: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  direct = testApp.room('direct');
  group = testApp.room('group');
  faults = faultsOf(testApp);
  await ada.reads(direct, /Hello, I am/);
  await ada.reads(group, /Hello, I am/);
});
afterAll(() => testApp.close());

interface Webhook {
  id: string;
  name: string;
  resource: string;
  event: string;
  status: string;
  targetUrl: string;
}

async function asBot(method: string, path: string, body?: object): Promise<Response> {
  const { simulator } = testApp;
  return fetch(`${simulator.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${simulator.bot.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function webhooks(): Promise<Webhook[]> {
  return ((await (await asBot('GET', '/webhooks')).json()) as { items: Webhook[] }).items;
}

const webhooksAreLookedAt = () => testApp.bell.ring('webhooks');
const statuses = async () => (await webhooks()).map(({ status }) => status).sort();
const activations = async () => (await faults.calls('PUT', '/webhooks/{webhookId}')).length;

interface Ready {
  webhooks: { state: string };
  clock: { state: string; aheadOfWebexSeconds: number };
}

async function readiness() {
  const response = await fetch(`${testApp.url}/readyz`);
  return { status: response.status, ...((await response.json()) as Ready) };
}

/** The ids of what the bot has said that fits, and was not said before. */
const said = (space: string, words: RegExp, after: Said) => idsSaid(testApp, ada, { space, words, after });

describe('webhooks that are well', () => {
  test('O3: cost one call of Webex a minute, with everything else that is looked at', async () => {
    await askedLast(ada, direct);
    await faults.forgetCalls();
    const { bell, simulator } = testApp;
    for (const job of [
      'webhooks',
      'sweep inbox',
      'look for due refreshes',
      'look for due probes',
      'look for deadlines',
    ])
      await bell.ring(job);
    const { items } = (await (await fetch(`${simulator.url}/simulator/api/calls`)).json()) as {
      items: { method: string; route: string }[];
    };
    expect(items.map(({ method, route }) => `${method} ${route}`)).toEqual(['GET /webhooks']);
  });
});

describe('webhooks that Webex has disabled', () => {
  test('O10: are active again at the first look, and what was said meanwhile is answered once', async () => {
    await expect.poll(async () => (await readiness()).webhooks.state, eventually).toBe('active');
    const inDirect = await saidSoFar(ada, direct);
    const inGroup = await saidSoFar(ada, group);
    await faults.forgetCalls();
    await faults.disableWebhooks();
    await ada.says(direct, 'list');
    await ada.tellsBot(group, 'show nothing of this name');
    await ada.says(group, 'show what is between people');
    await webhooksAreLookedAt();

    const list = await ada.reads(direct, /no organization/i, { after: inDirect });
    const shown = await ada.reads(group, /nothing of this name/, { after: inGroup });
    await expect.poll(statuses, eventually).toEqual(['active', 'active', 'active', 'active']);
    await expect.poll(async () => (await readiness()).webhooks.state, eventually).toBe('active');
    expect(await activations()).toBe(4);

    await askedLast(ada, direct);
    await askedLast(ada, group);
    expect(await said(direct, /no organization/i, inDirect)).toEqual([list.id]);
    expect(await said(group, /nothing of this name/, inGroup)).toEqual([shown.id]);
    // What did not mention the bot was none of its business.
    expect(await said(group, /between people/, inGroup)).toEqual([]);
    expect(await metricOf(testApp, 'hubkeeper_webhooks_healed_total{how="activated"}')).toBe(4);
    expect(await metricOf(testApp, 'hubkeeper_messages_caught_up_total')).toBe(2);
    expect(testApp.logLines.join('')).toContain('Webex has disabled a webhook');
  });

  it('are active at once after a start, which answers what is younger than an hour and nothing else', async () => {
    const after = await saidSoFar(ada, direct);
    await faults.disableWebhooks();
    await testApp.stop();
    await ada.says(direct, 'show what is too old');
    await faults.advance(61 * minuteMs);
    await ada.says(direct, 'show what is young enough');
    await testApp.start();
    await ada.reads(direct, /what is young enough/, { after });
    expect(await statuses()).toEqual(['active', 'active', 'active', 'active']);
    await askedLast(ada, direct);
    expect(await said(direct, /too old/, after)).toEqual([]);
  });
});

describe('a webhook that is gone', () => {
  it('is created again at once, and what it would have brought is answered', async () => {
    const after = await saidSoFar(ada, direct);
    const gone = (await webhooks()).find(({ resource }) => resource === 'messages');
    await asBot('DELETE', `/webhooks/${gone?.id}`);
    await ada.says(direct, 'list');
    await webhooksAreLookedAt();
    const list = await ada.reads(direct, /no organization/i, { after });
    await expect.poll(async () => (await webhooks()).length, eventually).toBe(4);
    await askedLast(ada, direct);
    expect(await said(direct, /no organization/i, after)).toEqual([list.id]);
  });
});

describe('a webhook that another service has taken along', () => {
  it('is left alone, since two would answer everything twice, and the operator is told', async () => {
    const [taken] = await webhooks();
    const { name, status, targetUrl } = taken ?? {};
    await asBot('PUT', `/webhooks/${taken?.id}`, { name, status, targetUrl: 'http://127.0.0.1:9/webhooks/webex' });
    await webhooksAreLookedAt();
    await expect.poll(async () => (await readiness()).webhooks.state, eventually).toBe('elsewhere');
    expect(testApp.logLines.join('')).toContain('another service uses the same bot');
    expect(await webhooks()).toHaveLength(4);
    await asBot('PUT', `/webhooks/${taken?.id}`, { name, status, targetUrl });
    await webhooksAreLookedAt();
    await expect.poll(async () => (await readiness()).webhooks.state, eventually).toBe('active');
  });
});

describe('an outage of Webex', () => {
  it('leaves the webhooks to the next look', async () => {
    await faults.plan({ method: 'GET', route: '/webhooks', kind: 'status', status: 503, retryAfterSeconds: 60 });
    await webhooksAreLookedAt();
    await faults.areSpent();
    await faults.disableWebhooks();
    await webhooksAreLookedAt();
    await expect.poll(statuses, eventually).toEqual(['active', 'active', 'active', 'active']);
  });
});

describe('a machine whose clock is wrong', () => {
  const dayMs = 24 * 60 * minuteMs;

  test.each([
    ['a day ahead', dayMs, 86_400],
    ['two hours behind', -120 * minuteMs, -7_200],
  ])('O14: %s of Webex answers what was said three minutes before its start', async (words, aheadMs, seconds) => {
    const after = await saidSoFar(ada, direct);
    await testApp.stop();
    await ada.says(direct, `show what a clock ${words} hides`);
    await faults.advance(3 * minuteMs);
    testApp.setClockAhead(aheadMs);
    await testApp.start();
    await ada.reads(direct, new RegExp(`what a clock ${words} hides`), { after });
    const { clock } = await readiness();
    expect(clock.state).toBe('wrong');
    expect(Math.abs(clock.aheadOfWebexSeconds - seconds)).toBeLessThan(60);
    expect(testApp.logLines.join('')).toContain('that of Webex: set it right');
    testApp.setClockAhead(0);
    await testApp.restart();
    expect((await readiness()).clock.state).toBe('right');
  });
});
