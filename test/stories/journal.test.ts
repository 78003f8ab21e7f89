// The journal over whole syncs: whatever changes at Webex, its entries applied to what was known before give what is known after.
import { randomInt } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { directoryChanges } from '../../src/directory/changes/changes.schema.ts';
import { directoryPeople, licenses, locations, roles } from '../../src/directory/directory.schema.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { ask, northAndSouth } from '../helpers/asking.ts';
import { applyChange, type KnownRows } from '../helpers/journal.ts';
import { connectOrganization } from '../helpers/story.ts';
import type { TestApp } from '../helpers/test-app.ts';

const rounds = 3;
const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));
process.stderr.write(`journal.test.ts: TEST_SEED=${seed} repeats this run\n`);

const tables = { roles, licenses, locations, people: directoryPeople };
type Kind = keyof typeof tables;
const kinds = Object.keys(tables) as Kind[];

/** What is known of the one organization, and the journal. When somebody was changed and last seen is no news. */
const readStore = (testApp: TestApp) =>
  testApp.withStore(async (db) => {
    const known = new Map<Kind, KnownRows>();
    for (const kind of kinds) {
      const found: object[] = await db.select().from(tables[kind]);
      const plain = found.map((row) => Object.entries(row).filter(([name]) => !notOfTheJournal.has(name)));
      known.set(
        kind,
        new Map(plain.map((row) => [String(Object.fromEntries(row)['webexId']), Object.fromEntries(row)])),
      );
    }
    return { known, journal: await db.select().from(directoryChanges).orderBy(asc(directoryChanges.id)) };
  });

const notOfTheJournal = new Set(['organizationId', 'modifiedAt', 'seenIn']);

/** Some licenses, locations and people, each added, changed or taken away. */
function drawEdits(random: () => number) {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const some = (names: readonly string[]) => names.filter(() => random() < 0.6);
  const number = () => Math.floor(random() * 300);
  const bought = ['Messaging', 'Webinars - 1000 attendees', 'Fax'];
  const buildings = ['Detroit Plant', 'Test Lab'];
  return {
    licenses: some(bought).map((name) =>
      random() < 0.3 ? { name, remove: true } : { name, totalUnits: number(), consumedByUsers: number() },
    ),
    locations: some(buildings).map((name) => ({ name, city: pick(['Detroit', 'Ann Arbor']), deleted: random() < 0.3 })),
    people: some(['Ana Abel', 'Bo Brandt', 'Zoe New']).map((displayName) =>
      random() < 0.3
        ? { displayName, remove: true }
        : {
            ...{ displayName, licenses: some(bought), location: pick([...buildings, null]) },
            ...{ invitePending: random() < 0.5, loginEnabled: random() < 0.5 },
          },
    ),
  };
}

it('gives, applied to what was known, what is known now', async () => {
  const { testApp, ada, north, faults } = await northAndSouth();
  onTestFinished(() => testApp.close());
  const acme = 'Acme Robotics';
  const administrator = 'carol@acme.example';
  await connectOrganization(testApp, ada, { inputs: { sync: 'true' }, space: north, name: acme, administrator });
  await ask(ada, north, 'sync acme all', /Acme Robotics is synced/);
  const { known, journal: none } = await readStore(testApp);
  expect(none).toEqual([]);

  const random = seededRandom(seed);
  for (let round = 0; round < rounds; round++) {
    const edits = drawEdits(random);
    await faults.licenses(acme, edits.licenses);
    await faults.locations(acme, edits.locations);
    await faults.employees(acme, { items: edits.people });
    await ask(ada, north, 'sync acme all', /Acme Robotics is synced/);
  }
  const after = await readStore(testApp);
  for (const change of after.journal) {
    const rows = known.get(change.kind as Kind);
    if (!rows) throw new Error(`nothing is known of ${change.kind}`);
    applyChange(rows, change);
  }
  for (const kind of kinds) expect(known.get(kind), `seed ${seed}: ${kind}`).toEqual(after.known.get(kind));
});
