// What happens in the version that the dump is made of: first the life that fills its database, then one journey of each kind, whose statements are recorded.
import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { expect } from 'vitest';
import { createSealer } from '../../../src/db/seal/seal.ts';
import { proxyPlace } from '../../../src/db/seal/sealed-places.ts';
import { notices } from '../../../src/notices/notices.schema.ts';
import { insertOrganization } from '../../../src/organizations/organization.store.ts';
import { encodeWebexId } from '../../../src/webex/ids.ts';
import { dayMs, giveConnection } from '../../helpers/connections.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  eventually,
  faultsOf,
  newLink,
  saidSoFar,
  timePasses,
  valuesIn,
} from '../../helpers/story.ts';
import { type Actor, consent, encryptionKey, linkOf, type TestApp } from '../../helpers/test-app.ts';
import { recordedName } from './world.ts';

/** Names as people give them: each is a trap for whoever quotes, searches, cuts or orders names. */
const strangeNames = [
  "O'Brien & Söhne “Zürich” <GmbH>",
  '100% \\ _underscore_ *star* `tick`',
  '株式会社ハブ 🛰️',
  'שלום עולם — עברית',
  '7',
  'list lost',
  `A very long name ${'of a company that never ends '.repeat(6)}`.trim(),
];

/** The number of an organization, as the form wants it. */
const numberOf = ({ organization }: { organization: { id: string } }) => ({
  account_number_external: Buffer.from(organization.id, 'base64url').toString().split('/').at(-1) ?? '',
});

interface Scene {
  testApp: TestApp;
  ada: Actor;
  space: string;
  group: string;
}

/** Fills the database. Ends while a Connect stands at a step and a notice waits for Webex: `release` lets both go on. */
export async function live({ testApp, ada, space, group }: Scene): Promise<{ release(): Promise<void> }> {
  const faults = faultsOf(testApp);
  await faults.switches({ refreshRenews: 'never' });
  const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
  await testApp.withStore(async (db) => {
    const now = testApp.simulator.now();
    for (const [at, name] of strangeNames.entries()) {
      const id = randomUUID();
      const uuid = randomUUID();
      const full = at % 2 === 0;
      await insertOrganization(db, {
        id,
        name,
        wholesale_status: full,
        webex_contact_center: full,
        base_url_setting: full ? 'us1' : null,
        account_number_external: uuid,
        account_number: encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: uuid }),
        account_email: full ? 'admin@strange.example' : null,
        default_calling_behaviour: full ? 'NATIVE_SIP_CALL_TO_UCM' : null,
        email_domain: full ? 'strange.example' : null,
        dirsync_enabled: full,
        notes: full ? `Ask ${name} first.\nThen call.` : null,
        http_proxy: full ? sealer.seal(`http://user:word@proxy-${id}.example`, proxyPlace('http_proxy', id)) : null,
        https_proxy: full ? sealer.seal(`https://user:word@proxy-${id}.example`, proxyPlace('https_proxy', id)) : null,
        sync: full,
        roomId: at % 2 === 0 ? space : group,
        createdBy: ada.email,
        createdAt: now,
        updatedAt: now,
      });
    }
  });
  const [kept, failing, lost, halfway, declined] = await faults.grantMany(5);
  const connect = async (granted: typeof kept, where: string, inputs: Record<string, string> = {}) => {
    if (!granted) throw new Error('Webex granted too few');
    const name = granted.organization.displayName;
    const administrator = granted.administrator.email;
    await connectOrganization(testApp, ada, {
      space: where,
      name,
      administrator,
      inputs: { ...inputs, ...numberOf(granted) },
    });
    return name;
  };
  const keptName = await connect(kept, space, { sync: 'true' });
  await ada.asks(space, `refresh ${keptName}`, new RegExp(`${keptName} has a new access token`));
  const lostName = await connect(lost, group);
  const failingName = await connect(failing, space);

  for (const [name, press, answer] of [
    ['Acknowledged Ltd', 'Acknowledge', /acknowledged the warning of/],
    ['Snoozed Ltd', 'Snooze 7 days', /the next warning comes/],
  ] as const) {
    await testApp.withStore(async (db) => {
      await giveConnection(db, { name, roomId: space, now: testApp.simulator.now(), daysLeft: 20 });
    });
    const after = await saidSoFar(ada, space);
    await timePasses(testApp, 1.1 * dayMs);
    const warning = await ada.reads(space, new RegExp(`⚠️ \\*\\*${name} expires`), { after });
    await ada.clicks(warning, press);
    await ada.reads(space, answer, { after });
  }
  await testApp.withStore(async (db) => {
    const now = testApp.simulator.now();
    await giveConnection(db, { name: 'Healthy Ltd', roomId: group, now });
    await giveConnection(db, {
      name: 'Warned Soon Ltd',
      roomId: group,
      now,
      daysLeft: 31,
      authorizedEmail: 'x@y.example',
    });
  });
  await change({ testApp, ada, space, group }, 'Change for all spaces', {
    warning_days: '60, 7',
    time_zone: 'Europe/Zurich',
  });
  await change({ testApp, ada, space, group }, 'Change for this space', { quiet_hours: '', warning_days: '20' });
  await newLink(ada, space, keptName);
  await ada.asks(space, 'list', /organizations/);

  // A Connect that was declined, one that stands at a step, a connection that fails, one that is lost, and a notice that waits.
  if (!declined || !halfway || !lost || !failing) throw new Error('Webex granted too few');
  const no = await addOrganization(testApp, ada, {
    space,
    name: declined.organization.displayName,
    inputs: numberOf(declined),
  });
  await fetch(await consent(linkOf(no.saved), declined.administrator.email, 'decline'));
  const { saved } = await addOrganization(testApp, ada, {
    space,
    name: halfway.organization.displayName,
    inputs: numberOf(halfway),
  });
  await faults.plan({ method: 'GET', route: '/people/me', by: halfway.administrator.email, kind: 'hang' });
  await fetch(await consent(linkOf(saved), halfway.administrator.email));
  await faults.areSpent();
  await faults.person(lost.administrator.email, 'revoke');
  await ada.asks(space, `refresh ${lostName}`, /has lost its connection/);
  await faults.plan({ method: 'POST', route: '/access_token', kind: 'status', status: 503, times: 1_000 });
  await ada.asks(space, `refresh ${failingName}`, /could not be refreshed|tries? again|Refresh/i);
  const bot = testApp.simulator.bot.email;
  await faults.plan({ method: 'POST', route: '/messages', by: bot, kind: 'status', status: 503, times: 1_000 });
  await ada.says(space, 'list lost');
  const { db } = await testApp.store.open();
  await expect
    .poll(async () => {
      await testApp.bell.look();
      return db
        .select()
        .from(notices)
        .where(and(isNull(notices.deliveredAt), eq(notices.kind, 'deadlines')));
    }, eventually)
    .not.toEqual([]);
  return {
    async release() {
      await faults.forget();
      await askedLast(ada, space);
    },
  };
}

async function change({ ada, space }: Scene, level: string, typed: Record<string, string>): Promise<void> {
  const after = await saidSoFar(ada, space);
  await ada.tellsBot(space, 'settings');
  await ada.clicks(await ada.reads(space, /Settings of this space/, { after }), level);
  const form = await ada.reads(space, /Settings for (this space|all spaces)/, { after });
  await ada.clicks(form, 'Save', typed);
  await ada.reads(space, /changed the settings|Settings of this space/, { after });
}

/** One journey of each kind, in the order in which one builds on the other. */
export async function journeys(
  scene: Scene,
): Promise<readonly (readonly [name: string, run: () => Promise<unknown>])[]> {
  const { testApp, ada, space } = scene;
  const faults = faultsOf(testApp);
  const [first, second] = await faults.grantMany(2);
  if (!first || !second) throw new Error('Webex granted too few');
  const name = recordedName;
  let link = '';
  const ask = (text: string, answer: RegExp) => () => ada.asks(space, text, answer);
  return [
    [
      'add',
      async () => {
        link = linkOf((await addOrganization(testApp, ada, { space, name, inputs: numberOf(first) })).saved);
      },
    ],
    [
      'connect',
      async () => {
        const after = await saidSoFar(ada, space);
        await fetch(await consent(link, first.administrator.email));
        await ada.reads(space, new RegExp(`${name} is connected`), { after });
      },
    ],
    [
      'edit',
      async () => {
        const form = await ada.asks(space, `edit ${name}`, /Edit/);
        const after = await saidSoFar(ada, space);
        const typed = valuesIn(form) as Record<string, string>;
        await ada.clicks(form, 'Save', { ...typed, notes: 'Edited by the version before.' });
        await ada.reads(space, /Edited by the version before/, { after });
      },
    ],
    ['refresh', ask(`refresh ${name}`, /has a new access token/)],
    ['list', ask('list', /organizations/)],
    ['search', ask(`list ${name}`, /organization/)],
    ['show', ask(`show ${name}`, /Refresh token expires/)],
    ['expiring', ask('expiring', /expire|within/)],
    ['forecast', ask('forecast', /deadline|expire/)],
    ['transactions', ask('transactions', /Transactions/)],
    ['admins', ask('admins', /administrator/i)],
    ['settings', () => change(scene, 'Change for this space', { warning_days: '20, 10' })],
    [
      'due refreshes, probes and warnings',
      async () => {
        await timePasses(testApp, 8 * dayMs);
        await expect.poll(() => testApp.isIdle(), eventually).toBe(true);
      },
    ],
    [
      'loss',
      async () => {
        await faults.person(first.administrator.email, 'revoke');
        await ada.asks(space, `refresh ${name}`, /has lost its connection/);
        await testApp.bell.look();
      },
    ],
    [
      'cancel and replay',
      async () => {
        const another = second.organization.displayName;
        const { saved, after } = await addOrganization(testApp, ada, {
          space,
          name: another,
          inputs: numberOf(second),
        });
        await faults.plan({ method: 'GET', route: '/roles', by: second.administrator.email, kind: 'hang' });
        await fetch(await consent(linkOf(saved), second.administrator.email));
        await faults.areSpent();
        const running = await ada.asks(space, 'transactions running', /Running transactions/);
        const [, number] = /^- (\d+):/m.exec(running.markdown ?? '') ?? [];
        await ada.asks(space, `cancel ${number}`, /cancellation requested|is canceled/);
        await ada.reads(space, /the transaction was canceled/, { after });
      },
    ],
    [
      'requeue orphans and purge',
      async () => {
        for (const job of ['requeue orphans', 'delete what is old', 'sweep inbox', 'webhooks'])
          await testApp.bell.ring(job);
      },
    ],
  ];
}
