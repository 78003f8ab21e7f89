import { describe, expect, it } from 'vitest';
import { createWebexClient } from '../../src/webex/client.ts';
import {
  contactCenterBaseUrl,
  findContactCenterRegion,
  otherContactCenterRegions,
  readContactCenter,
} from '../../src/webex/contact-center.ts';
import { listContactCenter } from '../../src/webex/contact-center-lists.ts';
import { changeWholesalePackages, readWholeCustomer, readWholesaleCustomer } from '../../src/webex/wholesale.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const uuid = '2f9eecc5-0472-4549-9a83-2afdae0d4ba1';
const clientAt = (baseUrl: string) =>
  createWebexClient({ baseUrl, accessToken: 'token', clock: createFakeClock(), strict: true });

describe('the contact center', () => {
  it.each([
    ['us', 'us1'],
    ['anz', 'anz1'],
    ['uk', 'eu1'],
    ['eu', 'eu2'],
    ['jp', 'jp1'],
    ['ca', 'ca1'],
    ['sg', 'sg1'],
  ])('of region %s is asked at the host of %s', async (region, code) => {
    webex(`https://api.wxcc-${code}.cisco.com`)
      .intercept({
        path: `/organization/${uuid}/v2/site`,
        query: { page: 0, pageSize: 1, attributes: 'id' },
      })
      .reply(200, { meta: { page: 0 }, data: [{ id: 'site' }] });
    await readContactCenter(clientAt(contactCenterBaseUrl(region)), uuid);
  });

  it('is asked elsewhere where that is configured, in other regions only where there are any', () => {
    expect(contactCenterBaseUrl('eu', 'http://localhost:1/cc/{region}')).toBe('http://localhost:1/cc/eu2');
    expect(contactCenterBaseUrl('eu', 'https://cc.example')).toBe('https://cc.example');
    expect(otherContactCenterRegions('eu')).toEqual(['us', 'anz', 'uk', 'jp', 'ca', 'sg']);
    expect(otherContactCenterRegions('eu', 'https://cc.example')).toEqual([]);
  });

  it('lists by pages from 0, as many as the answer says, however the page is lowered', async () => {
    const path = `/organization/${uuid}/v2/contact-service-queue`;
    const attributes = 'id,name,active,queueType,channelType,queueRoutingType,routingType';
    const queue = (id: string) => ({ id, name: `Queue ${id}`, active: true, queueType: 'INBOUND' });
    const pages = [[queue('a'), queue('b')], [queue('c'), { id: 'nameless' }], [queue('d')]];
    for (const [page, data] of pages.entries()) {
      webex('https://api.wxcc-us1.cisco.com')
        .intercept({ path, query: { page, pageSize: 100, attributes } })
        .reply(200, { meta: { orgid: uuid, page, pageSize: 2, totalPages: 3, totalRecords: 5, links: {} }, data });
    }
    const queues = await listContactCenter(clientAt(contactCenterBaseUrl('us')), uuid, 'contact-service-queue');
    expect(queues.items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(queues.unread).toBe(1);
  });

  it('is read to a page that is not full where the answer does not count pages', async () => {
    const full = Array.from({ length: 100 }, (_, number) => ({ id: `s${number}`, name: `Site ${number}` }));
    for (const [page, data] of [full, null].entries()) {
      webex('https://api.wxcc-us1.cisco.com')
        .intercept({ path: /site/, query: { page, pageSize: 100, attributes: 'id,name,active' } })
        .reply(200, { data });
    }
    expect(await listContactCenter(clientAt(contactCenterBaseUrl('us')), uuid, 'site')).toMatchObject({
      items: { length: 100 },
      unread: 0,
    });
  });

  it('is looked for in the other regions, of which one that does not answer hides no other', async () => {
    const asked: string[] = [];
    const found = await findContactCenterRegion({
      clientIn(region) {
        asked.push(region);
        const site = webex(`https://api.wxcc-${region}.example`).intercept({ path: /site/ });
        if (region === 'anz')
          site.replyWithError(Object.assign(new Error('nobody is there'), { code: 'ECONNREFUSED' })).persist();
        else site.reply(region === 'us' ? 404 : 200, { data: [{ id: 'site' }] });
        return clientAt(`https://api.wxcc-${region}.example`);
      },
      ...{ organizationUuid: uuid, notIn: 'eu', url: undefined },
    });
    expect(found).toBe('uk');
    expect(asked).toEqual(['us', 'anz', 'uk']);
  });

  it('keeps the tracking id of a refusal', async () => {
    webex('https://api.wxcc-us1.cisco.com')
      .intercept({ path: /site/ })
      .reply(403, { trackingId: 'T1', error: { key: '403', message: [{ description: 'Forbidden' }] } });
    await expect(readContactCenter(clientAt(contactCenterBaseUrl('us')), uuid)).rejects.toMatchObject({
      name: 'WebexRefused',
      code: 'http_403',
      trackingId: 'T1',
    });
  });
});

it('a wholesale customer is asked for by its organization, one at most', async () => {
  webex()
    .intercept({ path: '/v1/wholesale/customers', query: { orgId: 'o1', max: 1 } })
    .reply(200, { items: [{ id: 'c1', orgId: 'o1', status: 'provisioned', packages: ['webex_calling'] }] });
  await readWholesaleCustomer(clientAt('https://webexapis.test/v1'), 'o1');
});

it.each([
  ['none', {}],
  ['null', { packages: null }],
  ['a text', { packages: 'webex_calling' }],
  ['an odd one', { packages: ['webex_calling', { name: 'webex_voice' }] }],
  ['an empty one', { packages: ['webex_calling', ''] }],
])('a customer whose packages are %s is not changed from that', async (_what, packages) => {
  webex()
    .intercept({ path: '/v1/wholesale/customers/c1' })
    .reply(200, { id: 'c1', orgId: 'o1', ...packages })
    .persist();
  const client = clientAt('https://webexapis.test/v1');
  await expect(readWholeCustomer(client, 'c1')).rejects.toMatchObject({
    name: 'WebexUnavailable',
    reason: 'malformed',
  });
});

describe('a change of packages', () => {
  const put = (location: string | undefined, body: object | string) =>
    webex()
      .intercept({
        path: '/v1/wholesale/customers/c1',
        method: 'PUT',
        body: JSON.stringify({ packages: ['webex_voice'] }),
      })
      .reply(202, body, { headers: location === undefined ? {} : { location } });
  const change = () =>
    changeWholesalePackages(clientAt('https://webexapis.test/v1'), { customerId: 'c1', packages: ['webex_voice'] });
  const address = 'https://webexapis.test/v1/wholesale/customers/c2';

  it.each([
    ['the header', address, '', 'c2'],
    [
      'the header, which counts before the body',
      address,
      { url: 'https://webexapis.test/v1/wholesale/customers/c3' },
      'c2',
    ],
    ['the body', undefined, { url: address }, 'c2'],
    ['a path of the header', '/v1/wholesale/customers/c2', '', 'c2'],
    ['nothing', undefined, '', 'c1'],
    ['nothing where the address is of another host', 'https://evil.test/v1/wholesale/customers/c2', '', 'c1'],
    [
      'the body where the header is of another host',
      'https://evil.test/v1/wholesale/customers/c2',
      { url: address },
      'c2',
    ],
    ['nothing where the address is of another port', 'https://webexapis.test:8443/v1/wholesale/customers/c2', '', 'c1'],
    ['nothing where the address is of something else', 'https://webexapis.test/v1/people/c2', '', 'c1'],
    ['nothing where the address is none', 'javascript:alert(1)', { url: 7 }, 'c1'],
  ])('is followed by %s', async (_what, location, body, followed) => {
    put(location, body);
    expect(await change()).toBe(followed);
  });
});
