// This version migrates a database while the version before goes on working on it: what that sent is sent again, before, during and after.
// What `version-before/` has, and how it is made, stands in its README.
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Db, rows } from '../../src/db/database.ts';
import { openConnection } from '../../src/db/open/connection.ts';
import { migrateTables } from '../../src/db/open/migrate-tables.ts';
import { readServer } from '../../src/db/open/server.ts';
import { moveIn, opened } from './version-before/move-in.ts';
import { createRound, journeys, openSession, type Round, type Session, sqlOf } from './version-before/replay.ts';

/** On a busy machine, too. */
const patience = 240_000;

/** Sends all that was recorded once, as one connection of the version before. */
async function replay(session: Session, round: Round): Promise<void> {
  for (const { units } of journeys) for (const unit of units) for (const one of unit) await session.send(round, one);
}

/** What the journeys have made of their organization, by the version before's own columns. */
const madeOf = async (db: Db, { organizationName }: Round) =>
  rows<{ id: string; notes: string; state: string; actions: string[] }>(
    db,
    sql`select o.id, o.notes, c.state,
      array(select t.action || ' ' || t.status from transactions t where t.organization_id = o.id order by t.id) as actions
      from organizations o join connections c on c.organization_id = o.id where o.name = ${organizationName}`,
  );

const whole = {
  notes: 'Edited by the version before.',
  state: 'lost',
  actions: expect.arrayContaining(['connect success', 'refresh success', 'refresh fail']),
};

describe('a database of the version before', { timeout: patience }, () => {
  it('is migrated while the version before works on it: nothing fails on either side', async () => {
    const home = await moveIn();
    const { ada, world, store } = home;
    const url = store.url ?? '';
    const space = home.room('direct');
    const sessions = Array.from({ length: 3 }, () => openSession(url));
    onTestFinished(async () => void (await Promise.all(sessions.map(({ close }) => close()))));
    const [first = openSession(url)] = sessions;

    const alone = createRound(world);
    await replay(first, alone);
    let isMigrated = false;
    const beside = sessions.map(async (session) => {
      const rounds: { round: Round; wasMigrated: boolean }[] = [];
      do {
        rounds.push({ round: createRound(world), wasMigrated: isMigrated });
        await replay(session, rounds.at(-1)?.round ?? alone);
      } while (!rounds.at(-1)?.wasMigrated);
      return rounds;
    });
    const working = Promise.all(beside);
    await Promise.race([home.start(), working]);
    isMigrated = true;
    const rounds = (await working).flat();

    // What the version before queues now, this version delivers; what it writes, this version shows.
    const queued = createRound(world);
    const add = journeys[0]?.units ?? [];
    const saved = add.findIndex((unit) => unit.some((one) => /insert into "notices"/.test(sqlOf(one))));
    for (const unit of add.slice(0, saved + 1)) for (const one of unit) await first.send(queued, one);
    await ada.reads(space, new RegExp(`${queued.organizationName} is saved`));
    const last = rounds.at(-1)?.round ?? alone;
    await ada.asks(space, `show ${last.organizationName}`, /Edited by the version before\./);
    expect(await home.stop()).toBe(0);

    const after = createRound(world);
    await replay(first, after);
    await opened(store, async (db) => {
      for (const round of [alone, after]) expect(await madeOf(db, round)).toEqual([expect.objectContaining(whole)]);
      for (const { round } of rounds) expect(await madeOf(db, round)).toMatchObject([{ notes: whole.notes }]);
    });
  });

  it('waits in a circle with no transaction of the version before, wherever that stands', async () => {
    const { store, world } = await moveIn();
    const url = store.url ?? '';
    const session = openSession(url);
    const watching = openSession(url);
    const connection = openConnection({ server: await readServer(url), isPatient: true, fetchesTypes: true });
    onTestFinished(async () => void (await Promise.all([session, watching, connection].map((each) => each.close()))));
    let migrated = 0;
    // Migrates, and takes it back: the next transaction meets the same.
    const takenBack = new Error('taken back');
    const migrating = () =>
      migrateTables({
        transaction: (work) =>
          connection.transaction(async (tx) => {
            await work(tx);
            throw takenBack;
          }),
      }).catch((error: unknown) => {
        if (error !== takenBack) throw error;
        migrated++;
      });
    const met = new Set<string>();
    for (const cutAt of [(length: number) => Math.min(2, length), (length: number) => Math.ceil(length / 2)]) {
      const round = createRound(world);
      for (const { units } of journeys) {
        for (const unit of units) {
          const at = cutAt(unit.length);
          const shape = `${at} ${unit.map(({ s }) => s).join(' ')}`;
          const isMet = unit.length === 1 || met.has(shape);
          met.add(shape);
          for (const one of unit.slice(0, at)) await session.send(round, one);
          const before = migrated;
          const running = isMet ? undefined : migrating();
          if (running)
            await expect
              .poll(async () => migrated > before || (await watching.isAnyoneWaiting()), { timeout: patience })
              .toBe(true);
          for (const one of unit.slice(at)) await session.send(round, one);
          await running;
          expect(migrated).toBe(before + (running ? 1 : 0));
        }
      }
    }
    expect(migrated).toBeGreaterThan(20);
  });
});
