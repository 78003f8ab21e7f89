// Subscribers are counted page by page: however Webex cuts its list, the counts are those of the whole, and no text of theirs names anybody.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { subscribersKind } from '../../src/directory/wholesale/subscribers-kind.ts';
import type { organizations } from '../../src/organizations/organizations.schema.ts';
import type { WebexClient } from '../../src/webex/client.ts';

type Subscriber = {
  id: string;
  status?: string;
  packages?: string[];
  errors?: { errorCode?: number; description?: string }[];
};

const organization = { name: 'Borealis', account_number: 'Y2lzY29' } as typeof organizations.$inferSelect;

/** A Webex with one wholesale customer, whose subscribers it lists in these pages. */
function webexWith(pages: readonly Subscriber[][]): WebexClient {
  const page = async (_route: string, _request: object, _schema: object, from: string | null) => {
    const number = from === null ? 0 : Number(from.slice(1));
    return { value: { items: pages[number] ?? [] }, next: number + 1 < pages.length ? `?${number + 1}` : null };
  };
  return { get: async () => ({ items: [{ id: 'customer' }] }), page } as unknown as WebexClient;
}

/** What is stored between two pages is JSON. */
async function counted(pages: readonly Subscriber[][]) {
  const webex = webexWith(pages);
  let from: string | null = null;
  let counts: unknown;
  do {
    const page = await subscribersKind.countPage(webex, organization, { from, counts });
    counts = JSON.parse(JSON.stringify(page.counts));
    from = page.next;
  } while (from !== null);
  return subscribersKind.rowsOf(counts).toSorted((one, other) => (one.webexId < other.webexId ? -1 : 1));
}

const subscriber: fc.Arbitrary<Subscriber> = fc.record(
  {
    id: fc.uuid(),
    status: fc.constantFrom('provisioned', 'pending_user_migration'),
    packages: fc.subarray(['webex_calling', 'webex_meetings']),
    errors: fc.array(
      fc.record({ errorCode: fc.constantFrom(1, 2), description: fc.constantFrom('It failed', 'No license') }),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: ['id'] },
);

it('however Webex cuts its list', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(subscriber, { maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      async (pages) => {
        expect(await counted(pages)).toEqual(await counted([pages.flat()]));
      },
    ),
  );
});

it('without the names, addresses and numbers of people', async () => {
  const description = 'The user carol@acme.example (Y2lzY29zcGFyazovL3VzL1BFT1BMRS8) exists in another organization';
  const [all] = await counted([[{ id: 'a', status: 'provisioned', errors: [{ errorCode: 2561, description }] }]]);
  expect(all?.errors).toEqual([
    { errorCode: 2561, description: 'The user … exists in another organization', count: 1 },
  ]);
});

it('in bounded room, whatever Webex names: each still counts once', async () => {
  const odd = Array.from({ length: 1_000 }, (_, index) => ({
    ...{ id: `${index}`, status: 'provisioned', packages: [`package_${index}`] },
    errors: [{ errorCode: index, description: 'It failed' }],
  }));
  const rows = await counted([odd.slice(0, 500), odd.slice(500)]);
  expect(rows.length).toBeLessThanOrEqual(200);
  expect(rows.find((row) => row.package === null)).toMatchObject({ count: 1_000, withErrors: 1_000 });
});
