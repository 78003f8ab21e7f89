// A branch of the tree for stories: a reseller with a customer below it, its administrator, and a space that stands at the reseller.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { rights } from '../../src/chat/chat.schema.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { faultsOf, newSpace } from './story.ts';
import type { Actor, TestApp } from './test-app.ts';

const provider = 'ada@meridian.example';
const at = new Date('2026-01-01T00:00:00Z');

/** An administrator of a reseller, in a space that stands at it. */
export interface Branch {
  reseller: string;
  resellerId: string;
  customer: string;
  customerId: string;
  admin: Actor;
  personId: string;
  space: string;
}

/** Makes the branch, and adds its administrator to Webex. Ada is in the space too. */
export async function makeBranch(
  testApp: TestApp,
  { reseller, customer, email }: { reseller: string; customer: string; email: string },
): Promise<Branch> {
  const person = await faultsOf(testApp).addPerson({ email, displayName: email, of: 'Meridian Managed Services' });
  const space = await spaceWith(testApp, reseller, [person.id]);
  const resellerId = randomUUID();
  const customerId = randomUUID();
  await testApp.withStore(async (db) => {
    const path = `${PROVIDER_PATH}${resellerId}/`;
    const row = { createdBy: provider, createdAt: at, updatedAt: at };
    const named = (name: string) => ({ name, searchName: name.toLowerCase(), sortKey: name.toLowerCase() });
    const below = { id: customerId, parentId: resellerId, kind: 'customer' as const, path: `${path}${customerId}/` };
    await db.insert(customers).values([
      { ...row, ...named(reseller), id: resellerId, parentId: PROVIDER_ID, kind: 'reseller', path },
      { ...row, ...named(customer), ...below },
    ]);
    await db.insert(rights).values({
      ...{
        personId: person.id,
        customerId: resellerId,
        role: 'administrator',
        email,
        webexOrgId: creatorOf(testApp).orgId,
      },
      ...{ givenBy: provider, givenAt: at },
    });
    await db.update(spaces).set({ customerId: resellerId }).where(eq(spaces.roomId, space));
  });
  return { reseller, resellerId, customer, customerId, admin: testApp.as(person), personId: person.id, space };
}

function creatorOf(testApp: TestApp) {
  const creator = testApp.simulator.people.find((one) => one.email === provider);
  if (!creator) throw new Error('Ada is gone');
  return creator;
}

/** A group space of Ada's with these people and the bot, which knows the space. It stands at the provider. */
export async function spaceWith(testApp: TestApp, title: string, members: readonly string[]): Promise<string> {
  const ada = testApp.as(provider);
  const space = await newSpace(testApp, creatorOf(testApp), { title, members });
  await ada.reads(space, /Hello, I am/);
  return space;
}
