// `npm run bench scale`: what a command costs with 100, 10,000 and 100,000 organizations, for an administrator of the provider and for one of a reseller with a
// small branch: the reading of rights, the command, and the rendering of its answer. Webex and HTTP cost the same however many organizations there are.

import type { BenchOptions } from './options.ts';
import { load } from './program.ts';
import { explain } from './scale-plans.ts';
import { IN_SMALL_BRANCH, nameOf, RESELLER_ID, type ScaleStore, scaleStore } from './scale-store.ts';
import { figure, machine, printTable } from './table.ts';

const usualSizes = [100, 10_000, 100_000];
/** What is slow at the largest size may take so many times what it takes at the smallest. */
const mostTimes = 1.5;
/** From the sixth run on, PostgreSQL may use a plan that fits any values. */
const warmUp = 7;

const provider = { who: 'provider', actor: { personId: 'person-ada', rights: 'configured' } };
const reseller = { who: 'reseller', actor: { personId: RESELLER_ID, rights: 'given' } };
type Person = typeof provider;

const commandsOf = ({ who }: Person): string[] => [
  'list',
  `list ${who === 'provider' ? 'zephyr lanterns' : nameOf(7).slice(0, 8)}`,
  'list lost',
  `show ${nameOf(who === 'provider' ? 50 : IN_SMALL_BRANCH)}`,
  'expiring',
  'customers',
  'forecast',
];

type Ask = (store: ScaleStore, person: Person, text: string) => Promise<string>;

export async function benchScale({
  isQuick,
  only,
  organizations,
}: Pick<BenchOptions, 'isQuick' | 'only' | 'organizations'>): Promise<void> {
  const sizes = organizations.length > 0 ? organizations : isQuick ? [100, 10_000] : usualSizes;
  const runs = isQuick ? 20 : 200;
  const about = machine();
  const ask = await asker();
  const serverUrl = process.env['TEST_DATABASE_URL'];
  const servers = [
    ...(serverUrl ? [{ name: 'PostgreSQL', url: serverUrl }] : []),
    { name: 'embedded', url: undefined },
  ];
  for (const { name, url } of servers.filter((server) => server.name.includes(only))) {
    const stores: ScaleStore[] = [];
    try {
      for (const size of sizes) {
        process.stderr.write(`${name}: making ${size} organizations\n`);
        stores.push(await scaleStore(url, size));
      }
      const rows: string[][] = [];
      for (const person of [provider, reseller]) {
        for (const text of commandsOf(person)) {
          process.stderr.write(`${name}, ${person.who}: ${text}\n`);
          rows.push(await measure({ stores, person, text, runs, ask }));
        }
      }
      process.stdout.write(`\n${about}; ${name}; ${runs} runs each, by turns\n`);
      const heads = sizes.map((size) => `${size}: p50 / p95, ms`);
      printTable('Commands by the number of organizations', [
        ['person', 'command', ...heads, 'p95, times', 'statements', 'rows read', 'verdict'],
        ...rows,
      ]);
    } finally {
      for (const store of stores) await store.remove();
    }
  }
}

interface Measured {
  stores: readonly ScaleStore[];
  person: Person;
  text: string;
  runs: number;
  ask: Ask;
}

async function measure({ stores, person, text, runs, ask }: Measured): Promise<string[]> {
  const isKnown = await ask(stores[0] as ScaleStore, person, text);
  if (isKnown === '') return [person.who, text, ...stores.map(() => '–'), '–', '–', '–', 'no such command'];
  const tookMs = stores.map((): number[] => []);
  for (let run = -warmUp; run < runs; run++) {
    for (const [index, store] of stores.entries()) {
      const startedAtMs = performance.now();
      await ask(store, person, text);
      if (run >= 0) tookMs[index]?.push(performance.now() - startedAtMs);
    }
  }
  const p95s = tookMs.map((times) => percentile(times, 0.95));
  const times = (p95s.at(-1) ?? Number.NaN) / (p95s[0] ?? Number.NaN);
  const largest = stores.at(-1) as ScaleStore;
  const plans = await explain(largest.database, () => ask(largest, person, text));
  const wrong = [
    ...(times > mostTimes ? ['slower'] : []),
    ...(plans.sequentialScans.length > 0 ? ['FAILED: sequential scan'] : []),
  ];
  if (plans.sequentialScans.length > 0) process.exitCode = 1;
  for (const scan of plans.sequentialScans) process.stderr.write(`sequential scan: ${scan}\n`);
  const cells = tookMs.map((all, index) => `${figure(percentile(all, 0.5))} / ${figure(p95s[index] ?? Number.NaN)}`);
  const counts = [times.toFixed(2), String(plans.statements), String(plans.rowsRead)];
  return [person.who, text, ...cells, ...counts, wrong.length === 0 ? 'good' : wrong.join(', ')];
}

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;

/** Answers as the service does once it has read a message. Resolves with the answer's text, empty where there is no such command. @throws where it fails */
async function asker(): Promise<Ask> {
  const { features } = await load<{ features: object }>('features.js');
  const { registryOf } = await load<{
    registryOf(features: object): { answers: { commands: { name: string }[] }; renderers: Map<string, Renderer> };
  }>('registry.js');
  const { answerMessage } = await load<{
    answerMessage(deps: object, answers: object, input: object): Promise<{ content: { kind?: string } }>;
  }>('chat/router.js');
  const { standingOf } = await load<{ standingOf(db: object, actor: object, roomId: string): Promise<object> }>(
    'chat/standing.js',
  );
  const { settingsOfReader } = await load<{ settingsOfReader(db: object, reader: object): Promise<object> }>(
    'settings/settings.store.js',
  );
  const { renderMessage } = await load<{ renderMessage(message: object): { markdown: string } }>(
    'chat/render-message.js',
  );
  const { answers, renderers, ...registry } = registryOf(features);
  const errors: unknown[] = [];
  const log = { info: () => {}, error: ({ err }: { err?: unknown }) => void errors.push(err) };
  return async ({ database: { db } }, { who, actor: { rights, personId } }, text) => {
    if (!answers.commands.some(({ name }) => name === text.split(' ')[0])) return '';
    const actor = { personId, rights, email: `${who}@bench.example`, webexOrgId: 'org', type: 'person' };
    const place = { roomId: `room-of-${who}`, parentMessageId: null };
    const deps = {
      ...{ ...registry, db, log, botName: () => 'Bench', people: { whoIs: async () => actor } },
      clock: { now: () => new Date() },
      meter: { count: () => {} },
    };
    const [standing] = await Promise.all([
      standingOf(db, actor, place.roomId),
      settingsOfReader(db, { roomId: place.roomId }),
    ]);
    const input = { text, files: [], actor, place, standing, isDirect: false, eventId: 'event' };
    const { content } = await answerMessage(deps, answers, input);
    const renderer = content.kind === undefined ? undefined : renderers.get(content.kind);
    const { markdown } = renderer ? await renderer.render(deps, content, place) : renderMessage(content);
    if (errors.length > 0) throw errors[0];
    return markdown;
  };
}

interface Renderer {
  render(deps: object, notice: object, place: object): Promise<{ markdown: string }>;
}
