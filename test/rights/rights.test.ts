// Whoever asks whatever, wherever: nobody reads of what is out of scope, nobody changes it, and what is allowed is not refused. Drawn at random, and judged by
// an own walk of the tree.
import { randomInt } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import type { Actor } from '../../src/chat/actor.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { drawAllowed } from './allowed.ts';
import { type Asked, createBareService, type Said } from './bare-service.ts';
import { drawAct } from './drawn-acts.ts';
import {
  anywhere,
  homeOrgId,
  makeWorld,
  may,
  mayPlace,
  type Node,
  type Person,
  pick,
  type Space,
  secretsOf,
  upwards,
  type World,
} from './random-world.ts';
import { follow, standsAt, storeState } from './store-state.ts';

const worldCount = 3;
const actsPerWorld = 60;
/** Of how many people in spaces it is tried that nothing is refused, and how much of what each may do there. */
const mostPairs = 18;
const triesPerPair = 3;

const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));
process.stderr.write(`rights.test.ts: TEST_SEED=${seed} repeats this run\n`);

const actorOf = ({ personId, email, isProvider, held }: Person): Actor => ({
  ...{ personId, email, webexOrgId: homeOrgId, type: 'person' },
  rights: isProvider ? 'configured' : held.length > 0 ? 'given' : 'none',
});

/** Spaces in which the person can write. */
const spacesOf = (person: Person, { spaces }: World) => spaces.filter(({ owner }) => !owner || owner === person);

/** The command or action that was asked for. */
const actOf = (what: Asked['what']): string =>
  'text' in what ? (what.text.split(' ')[0] ?? '') : String(what.inputs['action']);

interface Reading {
  /** Whether what stands at the node may be read there. */
  sees(at: Node): boolean;
  /** The nodes on whose ways down names are no secret: of the space, and where its readers hold rights. */
  around: readonly Node[];
  /** Who reads it for certain: of these, the e-mail is no secret. */
  readers: readonly Person[];
}

/** Who reads an answer, which is for whoever asked, or a notice, which is for everybody in a space or for the person who gets it alone. */
function readingOf({ to, isAnswer }: Said, { world, person }: { world: World; person: Person }): Reading {
  if (!('roomId' in to)) {
    const reader = world.people.find((one) => ('email' in to ? one.email === to.email : one.personId === to.personId));
    return reader ? readingBy(reader, anywhere(world)) : { sees: () => false, around: [], readers: [] };
  }
  const space = world.spaces.find(({ roomId }) => roomId === to.roomId);
  if (!space) throw new Error(`nobody knows the space ${to.roomId}`);
  if (space.isOverheard) {
    return { sees: () => false, around: [space.at], readers: isAnswer ? [person] : [] };
  }
  if (isAnswer || space.owner) return readingBy(isAnswer ? person : (space.owner ?? person), space);
  return { sees: (at) => upwards(at).includes(space.at), around: [space.at], readers: [] };
}

const readingBy = (reader: Person, space: Space): Reading => ({
  sees: (at) => may(reader, 'see', at, space),
  around: [space.at, ...reader.held.map(({ at }) => at)],
  readers: [reader],
});

/** All that the text gives away, and that was not asked with. */
function leaksIn(
  text: string,
  { reading, world, person, what }: { reading: Reading; world: World; person: Person; what: Asked['what'] },
): string[] {
  const { sees, around, readers } = reading;
  const asked = JSON.stringify(what);
  const isTold = (secret: string) => text.includes(secret) && !asked.includes(secret);
  const ofOrganizations = world.organizations
    .filter((org) => !sees(org.at))
    .flatMap((org) =>
      secretsOf(org)
        .filter(isTold)
        .map((secret) => `${secret} of ${org.word} at ${org.at.word}`),
    );
  // The path down to what one may see is no secret.
  const onTheWay = new Set([...around, ...world.nodes.filter(sees)].flatMap(upwards));
  // Where a space comes to stand is answered to everybody in it, by the name that was asked for, or a part of it.
  const part = 'text' in what ? what.text.replace(/^\S+\s*/, '') : '';
  const isNamed = ({ id, word, secret }: Node) =>
    [id, word].some((named) => asked.includes(named)) || (part !== '' && `${word} ${secret}`.includes(part));
  const isUsed = (node: Node) => actOf(what) === 'use' && isNamed(node) && may(person, 'change', node, anywhere(world));
  const ofNodes = world.nodes.filter(
    (node) => !onTheWay.has(node) && !isUsed(node) && node !== world.root && isTold(node.secret),
  );
  const isKnown = ({ knownAt }: Person) => [...knownAt].some((thing) => sees('at' in thing ? thing.at : thing));
  const ofPeople = world.people.filter(
    (one) => one !== person && !readers.includes(one) && isTold(one.email) && !isKnown(one),
  );
  return [...ofOrganizations, ...ofNodes.map(({ word }) => `the node ${word}`), ...ofPeople.map(({ email }) => email)];
}

/** Whether the person may change there what has this id. Of what is new, the tables of what holds it tell. */
function mayChange(id: string, { world, person, space }: { world: World; person: Person; space: Space }): boolean {
  const sent = world.imports.find((one) => one.id === id);
  if (sent) return sent.sender === person && sent.space === space;
  const placed = world.organizations.find((one) => one.id === id) ?? world.spaces.find(({ roomId }) => roomId === id);
  const at = placed?.at ?? world.nodes.find((node) => node.id === id);
  return !at || may(person, 'change', at, space);
}

it('nobody reads or changes what is out of scope, and nothing that is allowed is refused', {
  timeout: 300_000,
}, async () => {
  const { database, db, close } = await openTestDatabase();
  onTestFinished(close);
  const now = new Date();
  const random = seededRandom(seed);
  let present: World | undefined;
  const service = await createBareService(database, {
    now: () => now,
    isOverheard: (room) => present?.spaces.some(({ roomId, isOverheard }) => roomId === room && isOverheard) ?? false,
    everybody: () => present?.people ?? [],
  });
  onTestFinished(service.close);

  for (let count = 0; count < worldCount; count++) {
    const world = await makeWorld(db, random, now);
    present = world;
    await follow(db, world);
    let before = await storeState(db);
    /** Asks, and has all that is said and changed judged. Returns all that was said. */
    const ask = async (person: Person, space: Space, what: Asked['what']): Promise<string> => {
      const held = person.held.map(({ at, role }) => `${role} of ${at.word}`).join(', ');
      const its = `seed ${seed}: ${person.email} (${held}) in ${space.roomId} at ${space.at.word}: ${JSON.stringify(what)}`;
      const { said, roomId } = await service.ask({ actor: actorOf(person), ...space, what });
      expect(service.failed(), its).toEqual([]);
      const there = world.spaces.find((one) => one.roomId === roomId) ?? space;
      const after = await storeState(db);
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
        (id) => after.get(id) !== before.get(id),
      );
      for (const id of changed) {
        const thing = [...world.organizations, ...world.nodes].find((one) => one.id === id);
        const isAllowed =
          mayChange(id, { world, person, space: there }) ||
          (id === there.roomId &&
            actOf(what) === 'use' &&
            mayPlace(there, await standsAt(db, world, id), { world, person }));
        expect(isAllowed, `${its}\nchanged ${thing?.word ?? id}`).toBe(true);
        if (thing) person.knownAt.add(thing);
      }
      const isLeakless = (isAnswer: boolean) => {
        for (const one of said.filter((some) => some.isAnswer === isAnswer)) {
          const reading = readingOf(one, { world, person });
          const leaks = leaksIn(one.text, { reading, world, person, what });
          expect(leaks, `${its}\nlets ${JSON.stringify(one.to)} read: ${one.text}`).toEqual([]);
        }
      };
      // Whoever asks is answered by the rights of before; notices are for those who may read them now.
      isLeakless(true);
      // An attempt that was refused stands in the audit of the space's node.
      person.knownAt.add(there.at);
      if (changed.length > 0) await follow(db, world);
      isLeakless(false);
      before = after;
      return said.map(({ text }) => text).join('\n');
    };

    for (let act = 0; act < actsPerWorld; act++) {
      const person = pick(random, world.people);
      await ask(person, pick(random, spacesOf(person, world)), drawAct(random, world));
    }

    // What is allowed.
    const pairs = world.people.flatMap((person) => spacesOf(person, world).map((space) => ({ person, space })));
    while (pairs.length > mostPairs) pairs.splice(Math.floor(random() * pairs.length), 1);
    for (const { person, space } of pairs) {
      // In an overheard space, whoever has rights is answered directly, by all that they reach.
      const isElsewhere = space.isOverheard && actorOf(person).rights !== 'none';
      const there = isElsewhere ? (world.spaces.find(({ roomId }) => roomId === person.directRoomId) ?? space) : space;
      const its = `seed ${seed}: ${person.email} in ${space.roomId} at ${space.at.word}`;
      const seen = world.organizations.filter(({ at, isDeleted }) => !isDeleted && may(person, 'see', at, there));
      const listed = await ask(person, space, { text: 'list by name' });
      const total = /(\d+) organizations?/.exec(listed)?.[1];
      expect(Number(total ?? 0), `${its}: ${listed}`).toBe(seen.length);
      for (let tries = 0; tries < triesPerPair; tries++) {
        const allowed = await drawAllowed({ db, random, world, person, space: there });
        if (allowed.length === 0) break;
        const { asked, says } = pick(random, allowed);
        let answer = '';
        for (const what of asked) answer = await ask(person, there, what);
        for (const one of says) expect(answer, `${its}: ${JSON.stringify(asked)}`).toContain(one);
      }
    }
  }
});
