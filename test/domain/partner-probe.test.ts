// What the list of a partner says of a customer that Webex refuses: it is lost only where the list shows other customers.
import { expect, it } from 'vitest';
import { askWebex } from '../../src/connections/probe/ask-webex.ts';
import { judgeProbe } from '../../src/connections/probe/probe-rules.ts';
import type { WebexClient } from '../../src/webex/client.ts';
import { WebexRefused } from '../../src/webex/errors.ts';

const [own, wanted, other] = ['1', '2', '3'].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
];
const idOf = (uuid: string) => Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64url');

/** Refuses each organization by itself. */
const listing = (uuids: readonly string[], unread = 0) =>
  ({
    async get(route: string) {
      throw new WebexRefused('no', { code: 'http_403', status: 403, route });
    },
    async *list() {
      for (const uuid of uuids) yield { id: idOf(uuid), displayName: uuid };
      return unread;
    },
  }) as unknown as WebexClient;

const asks = (webex: WebexClient) => ({
  organization: { account_number: idOf(wanted), account_number_external: wanted } as never,
  held: { connection: { way: 'partner', byPartner: true }, scopes: ['spark-admin:organizations_read'] } as never,
  ...{ partnerUuid: own, webex, contactCenterIn: () => webex, contactCenterUrl: undefined },
});

it('a customer stays as it is where the list names some that cannot be read', async () => {
  const facts = await askWebex(asks(listing([own, other], 1)));
  expect(judgeProbe(facts, 'partner')).toMatchObject({ act: 'save', open: [{ feature: 'organization' }] });
});

it.each([
  ['is lost where others are listed', [own, other], 'lose'],
  ['is kept where it is listed', [own, wanted], 'save'],
  ['is kept and marked where the partner’s own is listed alone', [own], 'save'],
  ['is kept and marked where nothing is listed', [], 'save'],
])('a customer %s', async (_case, listed, act) => {
  const facts = await askWebex(asks(listing(listed)));
  expect(judgeProbe(facts, 'partner')).toMatchObject({
    act,
    ...(act === 'save' && {
      open: [],
      findings: listed.includes(wanted) ? [] : [{ kind: 'nothing_there', feature: 'customers' }],
    }),
  });
});

it.each([
  ['consent', ['/wholesale/customers']],
  ['partner', ['/wholesale/customers']],
  ['service_app', []],
])('of what is held by %s, wholesale is asked where that way can answer', async (way, asked) => {
  const routes: string[] = [];
  const webex = {
    async get(route: string) {
      routes.push(route);
      return { id: idOf(wanted), orgId: idOf(wanted), items: [] };
    },
  } as unknown as WebexClient;
  await askWebex({
    organization: {
      ...{ account_number: idOf(wanted), account_number_external: wanted, wholesale_status: true },
    } as never,
    held: { connection: { way, byPartner: false }, scopes: [] } as never,
    ...{ partnerUuid: own, webex, contactCenterIn: () => webex, contactCenterUrl: undefined },
  });
  expect(routes.filter((route) => route.startsWith('/wholesale'))).toEqual(asked);
});
