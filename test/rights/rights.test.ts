// Whoever asks whatever, wherever: nobody reads of what is out of scope, nobody changes it, and what is allowed is not refused. Drawn at random, and judged by
// an own walk of the tree.
import { randomInt } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import type { Actor } from '../../src/chat/actor.ts';
import { rows } from '../../src/db/database.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { actions, commands } from '../helpers/registry.ts';
import { type Asked, createBareService, type Said } from './bare-service.ts';
import {
  follow,
  makeWorld,
  may,
  type Node,
  type Org,
  type Person,
  pick,
  type Random,
  type Space,
  secretsOf,
  upwards,
  type World,
} from './random-world.ts';

const worldCount = 3;
const actsPerWorld = 50;

const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));
process.stderr.write(`rights.test.ts: TEST_SEED=${seed} repeats this run\n`);

/** Every name that a message or a button may begin with. */
const words = commands.map(({ name }) => name);
const buttons = [...words, ...actions.map(({ name }) => name)];

const actorOf = ({ personId, email, isProvider, held }: Person): Actor => ({
  personId,
  email,
  webexOrgId: 'the organization of everybody',
  type: 'person',
  rights: isProvider ? 'configured' : held.length > 0 ? 'given' : 'none',
});

/** A button of any name with any inputs, or any words: most name something that exists somewhere. */
function drawAct(random: Random, world: World): Asked['what'] {
  const org = pick(random, world.organizations);
  const node = pick(random, world.nodes);
  const other = pick(random, world.organizations);
  if (random() < 0.5) {
    const argument = pick(random, [
      '',
      org.word,
      org.id,
      org.number,
      org.webexId,
      org.word.slice(0, -1),
      org.grantor,
      `grants ${org.grantor}`,
      String(org.transactionId),
      String(Math.floor(random() * 20)),
      node.word,
      node.id,
      `lost ${org.word}`,
      'not connected',
      'by name',
      `revoke ${org.word}`,
      `${org.word} all`,
      pick(random, ['pause all', 'resume all']),
      `csv ${org.word} 30`,
      pick(random, world.people).email,
      `add ${other.word} to ${node.word}`,
      `${pick(random, ['add', 'change', 'remove'])} list of ${node.word}`,
    ]);
    return { text: `${pick(random, words)} ${argument}` };
  }
  const things = pick(random, world.things);
  const inputs = {
    action: pick(random, buttons),
    organization_id: org.id,
    organization_ids: `${org.id},${other.id}`,
    draft_id: other.draftId,
    customer_id: node.id,
    node_id: node.id,
    transaction_id: org.transactionId,
    grantor_of: other.id,
    page: Math.floor(random() * 3),
    part: pick(random, ['', org.word, node.word]),
    filter: pick(random, ['', 'lost', 'failing', 'soon', 'not connected', 'all', 'failed', 'running']),
    order: pick(random, ['', 'name']),
    level: pick(random, ['space', 'customer', 'provider']),
    older_than: org.transactionId,
    days: 3650,
    name: 'a name that was typed',
    account_number_external: org.number,
    seen_at: new Date().toISOString(),
    schedule: pick(random, ['roles_licenses', 'full', 'users']),
    pattern: '0 5 * * *',
    time_zone: 'UTC',
    confirmed: 'yes',
    room_id: pick(random, world.spaces).roomId,
    label: 'gold',
    email: pick(random, world.people).email,
    site_id: other.siteId,
    list_id: things.listId,
    mapping_id: pick(random, world.things).mappingId,
    text: 'a text that was typed',
    organization: other.id,
    plan: 'a plan',
  };
  const left = Object.entries(inputs).filter(([name]) => name === 'action' || random() < 0.8);
  return { inputs: Object.fromEntries(left) };
}

/** Spaces in which the person can write. */
const spacesOf = (person: Person, { spaces }: World) => spaces.filter(({ owner }) => !owner || owner === person);

/** Whether what stands at this node may be read there: an answer by whoever asked, a notice by everybody in a space or by the person who gets it alone. */
function mayRead(
  { to, isAnswer }: Said,
  at: Node,
  { world, person, space }: { world: World; person: Person; space: Space },
): boolean {
  if (isAnswer) return may(person, 'see', at, space);
  const anywhere = { roomId: '', at: world.root, isDirect: true };
  if ('roomId' in to) {
    const where = world.spaces.find(({ roomId }) => roomId === to.roomId);
    if (!where) throw new Error(`nobody knows the space ${to.roomId}`);
    return where.owner ? may(where.owner, 'see', at, where) : upwards(at).includes(where.at);
  }
  const reader = world.people.find((one) => ('email' in to ? one.email === to.email : one.personId === to.personId));
  return reader !== undefined && may(reader, 'see', at, anywhere);
}

/** What an answer gives away, and what of it was asked with. */
function leaksIn(text: string, { org, what }: { org: Org; what: Asked['what'] }): string[] {
  const asked = JSON.stringify(what);
  return secretsOf(org).filter((secret) => text.includes(secret) && !asked.includes(secret));
}

it('nobody reads or changes what is out of scope, and nothing that is allowed is refused', {
  timeout: 300_000,
}, async () => {
  const { database, db, close } = await openTestDatabase();
  onTestFinished(close);
  const now = new Date();
  const service = await createBareService(database, { now: () => now });
  onTestFinished(service.close);
  const random = seededRandom(seed);
  // When a grant is refreshed is made anew for all that two spaces tell of where one of them moves: the world's own is an instant that follows from nothing.
  const state = async () =>
    rows<{ id: string; state: string }>(
      db,
      sql`select o.id::text, md5(concat(to_jsonb(o), (select to_jsonb(c) - 'refresh_due_at' from connections c where c.organization_id = o.id),
        (select jsonb_agg(to_jsonb(t) order by t.id) from transactions t where t.organization_id = o.id),
        (select jsonb_agg(to_jsonb(s) order by s.schedule) from sync_schedules s where s.organization_id = o.id),
        (select jsonb_agg(to_jsonb(s) order by s.id) from sites s where s.organization_id = o.id),
        (select jsonb_agg(to_jsonb(l) order by l.id) from connect_links l where l.organization_id = o.id))) as state
        from organizations o
      union all select c.id::text, md5(concat((select jsonb_agg(to_jsonb(l) order by l.id) from network_device_lists l where l.customer_id = c.id),
        (select jsonb_agg(to_jsonb(m) order by m.id) from site_mappings m where m.customer_id = c.id))) from customers c order by 1`,
    );

  for (let count = 0; count < worldCount; count++) {
    const world = await makeWorld(db, random, now);
    const visible = (person: Person, space: Space) =>
      world.organizations.filter(({ at }) => may(person, 'see', at, space));
    for (let act = 0; act < actsPerWorld; act++) {
      const person = pick(random, world.people);
      const space = pick(random, spacesOf(person, world));
      const what = drawAct(random, world);
      const its = `seed ${seed}: ${person.email} (${person.held.map(({ at, role }) => `${role} of ${at.word}`).join(', ')}) in ${space.roomId} at ${space.at.word}: ${JSON.stringify(what)}`;
      const before = await state();
      const said = await service.ask({ actor: actorOf(person), ...space, what });
      expect(service.failed(), its).toEqual([]);
      for (const one of said) {
        const { text } = one;
        const sees = (at: Node) => mayRead(one, at, { world, person, space });
        for (const org of world.organizations) {
          if (sees(org.at)) continue;
          const words = `${its}\nlets ${JSON.stringify(one.to)} read of ${org.word} at ${org.at.word}: ${text}`;
          expect(leaksIn(text, { org, what }), words).toEqual([]);
        }
        for (const node of world.nodes.slice(1)) {
          // The path down to what one may see is no secret.
          const isOnTheWay =
            world.nodes.some((below) => upwards(below).includes(node) && sees(below)) ||
            [space.at, ...person.held.map(({ at }) => at)].some((at) => upwards(at).includes(node));
          // Where a space comes to stand is answered to everybody in it, by the name that was asked for.
          const isUsed =
            ('text' in what ? /^use /.test(what.text) : what.inputs['action'] === 'use') &&
            [node.id, node.word].some((named) => JSON.stringify(what).includes(named)) &&
            may(person, 'change', node, { roomId: '', at: world.root, isDirect: true });
          if (!isOnTheWay && !isUsed)
            expect(text.includes(node.secret), `${its}\nreads of the node ${node.word}: ${text}`).toBe(false);
        }
      }
      for (const { id, state: was } of before) {
        const org = world.organizations.find((one) => one.id === id);
        const at = org?.at ?? world.nodes.find((node) => node.id === id);
        if (!at || may(person, 'change', at, space)) continue;
        const [is] = (await state()).filter((one) => one.id === id);
        expect(is?.state, `${its}\nchanged ${org?.word ?? 'what is for sites'} at ${at.word}`).toBe(was);
      }
      await follow(db, world);
    }

    // What is allowed, for every person in every space.
    for (const person of world.people) {
      for (const space of spacesOf(person, world)) {
        const ask = async (what: Asked['what']) =>
          (await service.ask({ actor: actorOf(person), ...space, what })).map(({ text }) => text).join('\n');
        const its = `seed ${seed}: ${person.email} (${person.held.map(({ at, role }) => `${role} of ${at.word}`).join(', ')}) in ${space.roomId} at ${space.at.word}`;
        const seen = visible(person, space);
        const listed = await ask({ text: 'list by name' });
        const total = /(\d+) organizations?/.exec(listed)?.[1];
        expect(Number(total ?? 0), `${its}: ${listed}`).toBe(seen.length);
        const org = pick(random, world.organizations);
        if (may(person, 'see', org.at, space)) {
          expect(await ask({ inputs: { action: 'show', organization_id: org.id } }), its).toContain(org.secret);
          expect(await ask({ text: `show ${org.number}` }), its).toContain(org.secret);
          expect(await ask({ text: `transaction ${org.transactionId}` }), its).toContain(org.secret);
        }
        if (may(person, 'change', org.at, space)) {
          expect(await ask({ inputs: { action: 'edit', organization_id: org.id } }), its).toContain(org.secret);
          expect(await ask({ inputs: { action: 'edit-record-draft', draft_id: org.draftId } }), its).toContain(
            org.secret,
          );
          expect(await ask({ text: `connect ${org.number}` }), its).toContain(org.secret);
        }
      }
    }
  }
});
