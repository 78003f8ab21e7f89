// The program under load, while its PostgreSQL is cut off, frozen, restarted, read-only, out of connections and out of disk: each command is answered once,
// each grant is refreshed once, and nobody reads of a fault.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFailed, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { faultsOf, saidByBot } from '../helpers/story.ts';
import { openTcpProxy } from '../helpers/tcp-proxy.ts';
import { freePort } from './free-port.ts';
import { fallDue } from './granted.ts';
import { binaries, startOwnPostgres } from './own-postgres.ts';
import { openPremises } from './program.ts';

const grants = 40;
/** Two minutes after the database is well again, every command is answered: more is a failure. */
const answeredWithin = { timeout: 200_000, interval: 500 };

describe.skipIf(binaries === undefined)('a PostgreSQL that fails under load', () => {
  test('O8: each command is answered once, each grant refreshed once, and nobody is told nonsense', {
    timeout: 300_000,
  }, async () => {
    const server = await startOwnPostgres(await freePort());
    onTestFinished(() => server.remove());
    const direct = new URL(server.url);
    const proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(direct.port) });
    onTestFinished(() => proxy.close());
    const url = Object.assign(new URL(server.url), { port: String(proxy.port) }).href;
    const dataDir = await mkdtemp(join(tmpdir(), 'hubkeeper-'));
    const remove = () => rm(dataDir, { recursive: true, force: true });
    const home = await openPremises({ store: { url, dataDir, env: { DATA_DIR: dataDir, DATABASE_URL: url }, remove } });
    onTestFinished(() => home.close());
    onTestFailed(() => {
      process.stderr.write(home.output());
    });
    const { ada } = home;
    const space = home.room('direct');
    const faults = faultsOf(home);
    await faults.switches({ refreshToken: 'replaced', refreshRenews: 'always', oldAccessToken: 'survives' });
    // A start whose connections are cut again and again goes on.
    const starting = home.start({ REFRESH_SCHEDULE: '* * * * * *', EXPIRY_SCHEDULE: '*/5 * * * * *' });
    for (let cut = 0; cut < 20; cut++) {
      await sleep(150);
      proxy.cut();
    }
    await starting;
    const granted = await faults.grantMany(grants);
    const database = await openDatabase({ url: server.url, dataDir, queues });
    await fallDue(database.db, granted, { roomId: space, apartMs: 1_000 });
    await database.close();

    const asked: string[] = [];
    let isOver = false;
    const load = (async () => {
      while (!isOver) {
        const name = `question${asked.length + 1}x`;
        await ada.says(space, `show ${name}`);
        asked.push(name);
        await sleep(150);
      }
    })();
    for (let cut = 0; cut < 3; cut++) {
      proxy.cut();
      await sleep(700);
    }
    proxy.freeze();
    await sleep(4_000);
    await server.stop('immediate');
    await sleep(3_000);
    await server.start();
    await sleep(3_000);
    await server.readOnly(true);
    await sleep(4_000);
    await server.readOnly(false);
    await sleep(2_000);
    const releaseConnections = await server.takeAllConnections();
    await sleep(4_000);
    await releaseConnections();
    if (server.ownsDisk) {
      const makeRoom = await server.fillDisk();
      await sleep(4_000);
      await makeRoom();
    } else process.stderr.write('chaos.test.ts: no disk of its own could be made, so that none is filled\n');
    await proxy.close();
    await sleep(3_000);
    await proxy.open();
    await sleep(2_000);
    isOver = true;
    await load;

    const timesAnswered = async () => {
      const said = (await saidByBot(home, ada, space)).map(({ markdown }) => markdown ?? '');
      return asked.map((name) => said.filter((text) => text.includes(name)).length);
    };
    await vi.waitFor(async () => expect(Math.min(...(await timesAnswered()))).toBe(1), answeredWithin);
    await vi.waitFor(
      async () => expect((await faults.refreshes()).map(({ refreshes }) => refreshes.length > 0)).toHaveLength(grants),
      answeredWithin,
    );
    await vi.waitFor(async () => {
      const ready = await fetch(`${home.address}/readyz`);
      expect(ready.status).toBe(200);
    }, answeredWithin);
    expect((await timesAnswered()).filter((times) => times !== 1)).toEqual([]);
    for (const { by, refreshes } of await faults.refreshes()) expect(refreshes.length, `refreshes by ${by}`).toBe(1);
    const words = (await saidByBot(home, ada, space)).map(({ markdown }) => markdown ?? '');
    expect(words.filter((text) => /went wrong|could not|did not let|lost|failing/i.test(text))).toEqual([]);
    // Each kind of failure has been met, and not merely passed by.
    const met = ['CONNECTION_CLOSED', 'CONNECTION_SILENT', 'ECONNREFUSED', '25006', '53300'];
    if (server.ownsDisk) met.push('53100');
    expect(met.filter((code) => !home.output().includes(`"${code}"`))).toEqual([]);
    expect(await home.stop()).toBe(0);
  });
});
