import { describe, expect, it } from 'vitest';
import { createWebexClient } from '../../src/webex/client.ts';
import { contactCenterBaseUrl, otherContactCenterRegions, readContactCenter } from '../../src/webex/contact-center.ts';
import { readWholesaleCustomer } from '../../src/webex/wholesale.ts';
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
