// A random provider: a tree of customers, organizations and spaces at its nodes, people with rights. It knows by a walk of its own who may see and change what.
import { randomUUID } from 'node:crypto';
import { ne } from 'drizzle-orm';
import { administrators, rights } from '../../src/chat/chat.schema.ts';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { type CustomerKind, customers, PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import type { Db } from '../../src/db/database.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { recordDraftPlace, tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { locations } from '../../src/directory/directory.schema.ts';
import { searchKey } from '../../src/lib/search-key.ts';
import { deletionRequests } from '../../src/organizations/deletions.schema.ts';
import { insertOrganization } from '../../src/organizations/organization.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { recordDrafts } from '../../src/organizations/record-drafts.schema.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { deviceLists, siteImports, siteMappings, sites } from '../../src/sites/sites.schema.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { createTransaction } from '../../src/transactions/transaction.store.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { importRows, imports } from '../../src/transfer/transfer.schema.ts';
import { encodeWebexId } from '../../src/webex/ids.ts';
import { dayMs } from '../helpers/connections.ts';
import { encryptionKey } from '../helpers/test-app.ts';

export type Random = () => number;

export const pick = <T>(random: Random, from: readonly T[]): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
};

export interface Node {
  id: string;
  parent: Node | undefined;
  kind: CustomerKind;
  /** People type the word; the secret stands in the name beside it, so that an answer that repeats what was typed gives nothing away. */
  word: string;
  secret: string;
}

export interface Org extends Omit<Node, 'parent' | 'kind'> {
  at: Node;
  number: string;
  webexId: string;
  grantor: string;
  isConnected: boolean;
  transactionId: number;
  /** What somebody typed into its form, and has not confirmed. */
  draftId: string;
  /** Of the site that its one location has become, where it has. */
  siteId: string;
  /** The spaces that are told of it, or would be without its labels. */
  toldIn: readonly string[];
  /** Of the request that somebody approves its deletion, where there is one. */
  requestId: string | undefined;
  isDeleted: boolean;
}

/** What a customer has for its sites. */
export interface SiteThings {
  at: Node;
  listId: string;
  mappingId: string;
}

export interface Person {
  personId: string;
  email: string;
  directRoomId: string;
  isProvider: boolean;
  held: { at: Node; role: 'administrator' | 'viewer' }[];
  /** Where the person was given rights or has done something: whoever sees that may read the e-mail. */
  knownAt: Set<Node | Org>;
}

export interface Space {
  roomId: string;
  at: Node;
  isDirect: boolean;
  /** Somebody has had it stand at its node, or be told of what has a label. */
  isPlaced?: boolean;
  /** Of a direct space: whose it is. */
  owner?: Person;
  /** People of other organizations read along. */
  isOverheard?: boolean;
}

/** A file that somebody has sent, and that waits to be confirmed. */
export interface Import {
  id: string;
  sender: Person;
  space: Space;
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** What nobody but those in scope may read of an organization, by any answer. */
export const secretsOf = ({ id, secret, number, webexId, grantor, isConnected }: Org): string[] => [
  secret,
  id,
  number,
  webexId,
  ...(isConnected && !grantor.startsWith('shared@') ? [grantor] : []),
];

/** From the node up to the root. */
export const upwards = (node: Node): Node[] => [node, ...(node.parent ? upwards(node.parent) : [])];

/** Whether the person may do it there, in that space: the node of the organization is at or below one of the person's, and at or below that of the space. */
export function may(person: Person, what: 'see' | 'change', at: Node, space: Space): boolean {
  const above = upwards(at);
  if (!above.includes(space.at)) return false;
  if (person.isProvider) return true;
  return person.held.some((right) => above.includes(right.at) && (what === 'see' || right.role === 'administrator'));
}

/** A space that shows all that somebody's rights reach. */
export const anywhere = ({ root }: World): Space => ({ roomId: '', at: root, isDirect: true });

/**
 * Whether the person may have the space stand at that node without any right to where it stood: nobody has placed it yet, and it is told of nothing that
 * stands elsewhere.
 */
export const mayPlace = (
  { roomId, isPlaced }: Space,
  node: Node,
  { world, person }: { world: World; person: Person },
) =>
  !isPlaced &&
  may(person, 'change', node, anywhere(world)) &&
  world.organizations.every(({ at, toldIn }) => !toldIn.includes(roomId) || upwards(at).includes(node));

/** The Webex organization of the bot and of all who use it. */
export const homeOrgId = 'the organization of everybody';

/** In the service's ADMINS. */
export const providerEmail = 'ada@meridian.example';

let worlds = 0;

/** Makes a world in place of the one before. */
export async function makeWorld(db: Db, random: Random, now: Date) {
  for (const table of [organizations, spaces, rights, siteMappings, deviceLists, settings, imports])
    await db.delete(table);
  await db.delete(transactions);
  await db.delete(customers).where(ne(customers.id, PROVIDER_ID));
  const tag = `w${++worlds}`;
  const root: Node = { id: PROVIDER_ID, parent: undefined, kind: 'provider', word: 'Provider', secret: 'Provider' };
  const nodes: Node[] = [root];
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  // Without digits: a number that somebody types is a part of none.
  const secret = () =>
    `hush${randomUUID()
      .slice(0, 8)
      .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`;
  for (let count = between(3, 12); count > 0; count--) {
    const parent = pick(random, nodes);
    const kind = pick(random, ['reseller', 'customer', 'node'] as const);
    const node: Node = { id: randomUUID(), parent, kind, word: `${tag}node${nodes.length}`, secret: secret() };
    const above = upwards(node).toReversed();
    const name = `${node.word} ${node.secret}`;
    await db.insert(customers).values({
      id: node.id,
      parentId: parent.id,
      kind,
      name,
      searchName: searchKey(name),
      path: `/${above.map(({ id }) => id).join('/')}/`,
      sortKey: above.map(({ word }) => word).join('/'),
      createdBy: 'ada@meridian.example',
      createdAt: now,
      updatedAt: now,
    });
    nodes.push(node);
  }
  const someone = (email: string): Person => ({
    ...{ personId: randomUUID(), email, directRoomId: '', isProvider: email === providerEmail, held: [] },
    knownAt: new Set<Node | Org>(),
  });
  // One is nobody's administrator.
  const people = [someone(providerEmail), someone(`p0@${tag}.example`)];
  for (let count = between(2, 6); count > 0; count--) {
    const person = someone(`p${count}@${tag}.example`);
    const at = new Set(Array.from({ length: between(1, 3) }, () => pick(random, nodes)));
    for (const node of at) person.held.push({ at: node, role: pick(random, ['administrator', 'viewer'] as const) });
    await db.insert(rights).values(
      person.held.map(({ at: node, role }) => ({
        personId: person.personId,
        customerId: node.id,
        role,
        email: person.email,
        webexOrgId: homeOrgId,
        givenBy: 'ada@meridian.example',
        givenAt: now,
      })),
    );
    people.push(person);
  }
  const rooms: Space[] = [];
  const addRoom = async (space: Omit<Space, 'roomId'>, customerId: string | null) => {
    const roomId = `${tag}room${rooms.length}`;
    const type = space.isDirect ? 'direct' : 'group';
    const title = space.isDirect ? null : `Space of ${space.at.word} ${space.at.secret}`;
    await db.insert(spaces).values({ roomId, type, title, joinedAt: now, customerId });
    rooms.push({ ...space, roomId });
    return roomId;
  };
  await db.delete(administrators);
  for (const owner of people) {
    owner.directRoomId = await addRoom({ at: root, isDirect: true, owner }, null);
    const { email, personId, directRoomId } = owner;
    await db.insert(administrators).values({ email, personId, webexOrgId: homeOrgId, firstSeenAt: now, directRoomId });
  }
  for (const at of [root, ...Array.from({ length: between(1, 5) }, () => pick(random, nodes))]) {
    const isOverheard = random() < 0.3;
    await addRoom({ at, isDirect: false, isOverheard }, at === root && random() < 0.5 ? null : at.id);
  }
  const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
  const records: Org[] = [];
  for (let index = between(4, 16); index > 0; index--) {
    const id = randomUUID();
    const number = randomUUID();
    const webexId = encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: number });
    const org = { id, word: `${tag}org${index}`, secret: secret(), at: pick(random, nodes), number, webexId };
    const grantor = random() < 0.3 ? `shared@${tag}.example` : `${secret()}@customer.example`;
    const isConnected = random() < 0.7;
    const name = `${org.word} ${org.secret}`;
    // A space is told of nothing that stands outside its node.
    const { roomId } = pick(
      random,
      rooms.filter(({ at }) => upwards(org.at).includes(at)),
    );
    await insertOrganization(db, {
      id,
      name,
      wholesale_status: random() < 0.3,
      webex_contact_center: false,
      account_number_external: number,
      account_number: webexId,
      account_email: `${org.secret}@contact.example`,
      dirsync_enabled: false,
      sync: false,
      notes: `the note of ${org.secret}`,
      roomId,
      customerId: org.at.id,
      createdBy: 'ada@meridian.example',
      createdAt: now,
      updatedAt: now,
    });
    const draftId = randomUUID();
    const typed = JSON.stringify({ name, account_number_external: number, notes: `typed of ${org.secret}` });
    await db.insert(recordDrafts).values({
      ...{ id: draftId, organizationId: id, scopes: [], seenAt: now, createdAt: now },
      inputs: sealer.seal(typed, recordDraftPlace(draftId)),
    });
    if (isConnected) {
      const inDays = (days: number) => new Date(now.getTime() + days * dayMs);
      await saveConnection(
        db,
        {
          organizationId: id,
          accessToken: sealer.seal(`access-${id}`, tokenPlace('access_token', id)),
          refreshToken: sealer.seal(`refresh-${id}`, tokenPlace('refresh_token', id)),
          accessTokenExpiresAt: inDays(14),
          refreshTokenExpiresAt: inDays(between(2, 80)),
          obtainedAt: now,
          scopes: [],
          authorizedPersonId: grantor,
          authorizedEmail: grantor,
          way: 'consent' as const,
          byPartner: false,
          connectedAt: now,
          refreshDueAt: inDays(10_000),
          probeDueAt: inDays(10_000),
        },
        defaultSettings,
      );
    }
    const transactionId = await createTransaction(db, {
      action: 'connect',
      organizationId: id,
      organizationName: name,
      requestedBy: grantor,
      roomId,
      parentMessageId: null,
      submittedAt: now,
      steps: ['exchange'],
    });
    const siteId = randomUUID();
    const building = { organizationId: id, name: `${org.word} ${org.secret} plant`, country: 'US' };
    await db.insert(locations).values({ ...building, webexId: `location-${id}` });
    if (random() < 0.5) {
      await db.insert(siteImports).values({ organizationId: id, proposedAt: now, confirmedAt: now });
      await db.insert(sites).values({
        ...{ ...building, id: siteId, locationId: `location-${id}`, searchName: building.name, customerId: org.at.id },
        ...{ deviceListId: null, createdAt: now, updatedAt: now },
      });
    }
    const record: Org = {
      ...org,
      grantor,
      isConnected,
      transactionId,
      draftId,
      siteId,
      toldIn: [roomId],
      requestId: undefined,
      isDeleted: false,
    };
    const askers = people.filter((person) => may(person, 'change', org.at, { roomId: '', at: root, isDirect: true }));
    if (random() < 0.3) {
      const asker = pick(random, askers);
      record.requestId = randomUUID();
      asker.knownAt.add(record);
      await db.insert(deletionRequests).values({
        ...{ id: record.requestId, organizationId: id, roomId, createdAt: now },
        ...{ askedBy: asker.email, askedByPersonId: asker.personId, expiresAt: new Date(now.getTime() + dayMs) },
      });
    }
    records.push(record);
  }
  const sent: Import[] = [];
  for (const sender of people) {
    const id = randomUUID();
    const space = pick(
      random,
      rooms.filter(({ owner }) => !owner || owner === sender),
    );
    const file = { id, eventId: id, contentId: id, createdAt: now, judgedAt: now, status: 'judged' } as const;
    await db
      .insert(imports)
      .values({ ...file, personId: sender.personId, askedBy: sender.email, roomId: space.roomId });
    const row = { id: randomUUID(), importId: id, number: 2, verdict: 'new', accountNumber: '' } as const;
    await db.insert(importRows).values({ ...row, name: `row of ${sender.email}` });
    sent.push({ id, sender, space });
  }
  const things: SiteThings[] = [];
  for (const at of nodes.filter(({ kind }) => kind !== 'node')) {
    const its = records.filter((org) => upwards(org.at).find(({ kind }) => kind !== 'node') === at);
    const row = { customerId: at.id, createdBy: providerEmail, createdAt: now, updatedAt: now };
    const [listId, mappingId] = [randomUUID(), randomUUID()];
    const name = `list of ${at.word} ${at.secret}`;
    const list = { ...row, id: listId, name, searchName: name, organizationId: its[0]?.id ?? null };
    await db.insert(deviceLists).values(list);
    const text = `text of ${at.word} ${at.secret}`;
    await db.insert(siteMappings).values({ ...row, id: mappingId, text, searchText: text, nodeId: at.id });
    things.push({ at, listId, mappingId });
  }
  return { tag, root, nodes, people, spaces: rooms, organizations: records, things, imports: sent };
}
