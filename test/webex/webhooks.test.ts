import { describe, expect, it } from 'vitest';
import { createWebexClient } from '../../src/webex/client.ts';
import { judgeStanding, planWebhooks, reconcileWebhooks, type Webhook } from '../../src/webex/webhooks.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const messages = { resource: 'messages', event: 'created' };
const actions = { resource: 'attachmentActions', event: 'created' };
const wanted = {
  name: 'Hubkeeper',
  targetUrl: 'https://hubkeeper.test/webhook',
  secret: 's',
  wanted: [messages, actions],
};
const right = (id: string, more: Partial<Webhook> = {}): Webhook => ({
  id,
  name: 'Hubkeeper',
  targetUrl: wanted.targetUrl,
  secret: 's',
  status: 'active',
  ...messages,
  ...more,
});

describe('the plan for our webhooks', () => {
  it.each<[string, Webhook[], { create?: string[]; update?: string[]; delete?: string[]; keep?: string[] }]>([
    ['creates what is missing', [], { create: ['messages', 'attachmentActions'] }],
    ['keeps what is right', [right('1'), right('2', actions)], { keep: ['1', '2'] }],
    [
      "leaves others' alone",
      [right('1', { name: 'Another bot' }), right('2', { name: 'hubkeeper' })],
      { create: ['messages', 'attachmentActions'] },
    ],
    [
      'moves the target',
      [right('1', { targetUrl: 'https://old.test' }), right('2', actions)],
      { update: ['1'], keep: ['2'] },
    ],
    ['changes the secret', [right('1', { secret: 'old' }), right('2', actions)], { update: ['1'], keep: ['2'] }],
    [
      'writes a secret that Webex does not show',
      [right('1', { secret: undefined }), right('2', actions)],
      { update: ['1'], keep: ['2'] },
    ],
    [
      'wakes what Webex disabled',
      [right('1', { status: 'inactive' }), right('2', actions)],
      { update: ['1'], keep: ['2'] },
    ],
    ['deletes a duplicate', [right('1'), right('2', actions), right('3')], { keep: ['1', '2'], delete: ['3'] }],
    [
      'keeps the right one of duplicates',
      [right('1', { status: 'inactive' }), right('2', actions), right('3')],
      { keep: ['3', '2'], delete: ['1'] },
    ],
    [
      'deletes what is not wanted any more',
      [right('1'), right('2', actions), right('3', { event: 'deleted' })],
      { keep: ['1', '2'], delete: ['3'] },
    ],
    [
      'replaces one with a filter',
      [right('1', { filter: 'roomId=x' }), right('2', actions)],
      { create: ['messages'], keep: ['2'], delete: ['1'] },
    ],
  ])('%s', (_, existing, expected) => {
    const plan = planWebhooks(existing, wanted);
    expect({
      create: plan.create.map((it) => it.resource),
      update: plan.update.map((it) => it.id),
      delete: plan.delete.map((it) => it.id),
      keep: plan.keep.map((it) => it.id),
    }).toEqual({ create: [], update: [], delete: [], keep: [], ...expected });
  });
});

describe('reconciling', () => {
  it('creates, updates and deletes in this order, and does not mind what is gone already', async () => {
    const order: string[] = [];
    const existing = [right('1', { status: 'inactive' }), right('2', { event: 'deleted' })];
    const note = (what: string, statusCode: number, data: object) => () => {
      order.push(what);
      return { statusCode, data };
    };
    const ours = { name: 'Hubkeeper', targetUrl: wanted.targetUrl, secret: 's' };
    webex().intercept({ path: '/v1/webhooks?max=100' }).reply(200, { items: existing });
    webex()
      .intercept({ path: '/v1/webhooks', method: 'POST', body: JSON.stringify({ ...ours, ...actions }) })
      .reply(note('create', 200, right('3', actions)));
    webex()
      .intercept({ path: '/v1/webhooks/1', method: 'PUT', body: JSON.stringify({ ...ours, status: 'active' }) })
      .reply(note('update', 200, right('1')));
    webex()
      .intercept({ path: '/v1/webhooks/2', method: 'DELETE' })
      .reply(note('delete', 404, {}));
    const client = createWebexClient({
      baseUrl: 'https://webexapis.test/v1',
      accessToken: 'x',
      clock: createFakeClock(),
      strict: true,
    });
    await expect(reconcileWebhooks(client, wanted)).resolves.toEqual({ created: 1, updated: 1, deleted: 1, kept: 0 });
    expect(order).toEqual(['create', 'update', 'delete']);
  });
});

describe('how our webhooks stand', () => {
  it.each<[string, Webhook[], [string, string]]>([
    ['right', [right('1'), right('2', actions)], ['active 1', 'active 2']],
    ['missing', [right('1')], ['active 1', 'missing -']],
    ["others' alone", [right('1', { name: 'Another bot' })], ['missing -', 'missing -']],
    ['disabled', [right('1', { status: 'inactive' }), right('2', actions)], ['disabled 1', 'active 2']],
    [
      'doubled, one disabled',
      [right('1', { status: 'inactive' }), right('3'), right('2', actions)],
      ['active 3', 'active 2'],
    ],
    [
      'taken along',
      [right('1', { targetUrl: 'https://other.test' }), right('2', actions)],
      ['elsewhere 1', 'active 2'],
    ],
    ['here and elsewhere', [right('1', { targetUrl: 'https://other.test' }), right('3')], ['active 3', 'missing -']],
    ['filtered', [right('1', { filter: 'roomType=group' }), right('2', actions)], ['missing -', 'active 2']],
    [
      'without a secret that Webex shows',
      [right('1', { secret: undefined }), right('2', actions)],
      ['active 1', 'active 2'],
    ],
  ])('%s', (_, existing, standing) => {
    expect(judgeStanding(existing, wanted).map(({ state, id }) => `${state} ${id ?? '-'}`)).toEqual(standing);
  });
});
