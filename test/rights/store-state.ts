// What the store holds of each thing of a world, and how the world follows what an act was allowed to change.
import { sql } from 'drizzle-orm';
import type { Role } from '../../src/chat/chat.schema.ts';
import type { CustomerKind } from '../../src/customers/customers.schema.ts';
import { type Db, rows } from '../../src/db/database.ts';
import type { Node, World } from './random-world.ts';

const rowsWhere = (table: string, condition: string, columns = 'to_jsonb(t)') =>
  sql.raw(`(select jsonb_agg(${columns} order by t::text) from ${table} t where ${condition})`);

const settingsOf = (level: string, subject: string) =>
  rowsWhere('settings', `t.level = '${level}' and t.subject = ${subject}`);

/** Tables of rows that belong to an organization. */
const ofOrganization = [
  ...['transactions', 'sync_schedules', 'sites', 'connect_links', 'organization_labels', 'organization_deletions'],
  ...['deletion_requests', 'record_drafts', 'site_imports', 'locations'],
];

/** Tables of rows that belong to a node of the tree. */
const ofNode = ['rights', 'leaving_plans', 'network_device_lists', 'site_mappings'];

const joined = (tables: readonly string[], condition: string) =>
  sql.join(
    tables.map((table) => rowsWhere(table, condition)),
    sql`, `,
  );

/**
 * A hash of all that belongs to each organization, node, space and import, by its id. When a grant is refreshed is made anew for all that two spaces tell of
 * where one of them moves, and who is in a space is read anew: of both, nothing follows here.
 */
export async function storeState(db: Db): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ id: string; state: string }>(
    db,
    sql`select o.id::text as id, md5(concat(to_jsonb(o), ${rowsWhere('connections', 't.organization_id = o.id', "to_jsonb(t) - 'refresh_due_at'")},
        ${joined(ofOrganization, 't.organization_id = o.id')})) as state from organizations o
      union all select c.id::text, md5(concat(to_jsonb(c), ${settingsOf('customer', 'c.id::text')},
        case when c.parent_id is null then ${settingsOf('provider', "''")} end, ${joined(ofNode, 't.customer_id = c.id')})) from customers c
      union all select s.room_id, md5(concat(s.title, s.customer_id, s.read_along_by, s.read_along_at, ${settingsOf('space', 's.room_id')},
        ${rowsWhere('label_spaces', 't.room_id = s.room_id')})) from spaces s
      union all select i.id::text, md5(concat(to_jsonb(i), ${rowsWhere('import_rows', 't.import_id = i.id')})) from imports i`,
  );
  return new Map(found.map(({ id, state }) => [id, state]));
}

/** The node at which a space stands by now. */
export async function standsAt(db: Db, { nodes, root }: World, roomId: string): Promise<Node> {
  const [found] = await rows<{ at: string | null }>(
    db,
    sql`select customer_id::text as at from spaces where room_id = ${roomId}`,
  );
  return nodes.find(({ id }) => id === found?.at) ?? root;
}

/** Has the world stand as the store says: the tree, what stands where in it, what is deleted, and who holds which rights. */
export async function follow(db: Db, world: World): Promise<void> {
  const nodeOf = (id: string | null): Node | undefined => world.nodes.find((node) => node.id === id);
  const tree = await rows<{ id: string; parent: string | null; kind: CustomerKind; name: string }>(
    db,
    sql`select id::text, parent_id::text as parent, kind, name from customers order by length(path)`,
  );
  for (const { id, parent, kind, name } of tree) {
    const known = nodeOf(id);
    // The name of one that was added or renamed was typed, and is no secret.
    const { word, secret } = known ?? { word: id, secret: id };
    const node = { id, parent: nodeOf(parent), kind, word, secret: name.includes(secret) ? secret : id };
    if (known) Object.assign(known, node);
    else world.nodes.push(node);
  }
  const left = new Set(tree.map(({ id }) => id));
  world.nodes.splice(0, world.nodes.length, ...world.nodes.filter(({ id }) => left.has(id)));
  const records = await rows<{ id: string; at: string | null; isDeleted: boolean; toldIn: string[] }>(
    db,
    sql`select id::text, customer_id::text as at, array_remove(array[room_id, own_room_id], null) as "toldIn",
        exists (select from organization_deletions d where d.organization_id = o.id) as "isDeleted" from organizations o`,
  );
  for (const { id, at, ...state } of records) {
    const org = world.organizations.find((one) => one.id === id);
    if (org) Object.assign(org, { at: nodeOf(at) ?? org.at, ...state });
  }
  const rooms = await rows<{ id: string; at: string | null; isPlaced: boolean }>(
    db,
    sql`select room_id as id, customer_id::text as at,
        customer_id is not null or exists (select from label_spaces l where l.room_id = s.room_id) as "isPlaced" from spaces s`,
  );
  for (const { id, at, isPlaced } of rooms) {
    const space = world.spaces.find(({ roomId }) => roomId === id);
    if (space) Object.assign(space, { at: nodeOf(at) ?? world.root, isPlaced });
  }
  await followPeople(db, world);
}

/** What people hold, and where they have become known: where they were given rights, and at all that the audit says of them. */
async function followPeople(db: Db, { nodes, organizations, people }: World): Promise<void> {
  const given = await rows<{ person: string; at: string; role: Role }>(
    db,
    sql`select person_id as person, customer_id::text as at, role from rights`,
  );
  const audited = await rows<{ email: string; at: string }>(
    db,
    sql`select distinct email, place as at from audit_entries, unnest(array[by_email, person]) as email,
        unnest(array[customer_id::text, organization_id::text]) as place where email is not null and place is not null`,
  );
  for (const person of people) {
    const things = [...nodes, ...organizations];
    person.held = nodes.flatMap((at) =>
      given.filter((right) => right.person === person.personId && right.at === at.id).map(({ role }) => ({ at, role })),
    );
    for (const { at } of person.held) person.knownAt.add(at);
    for (const { email, at } of audited) {
      const thing = email === person.email && things.find(({ id }) => id === at);
      if (thing) person.knownAt.add(thing);
    }
  }
}
