import { describe, expect, it } from 'vitest';
import { groupHelpMessage, helpMessage } from '../../src/chat/help.view.ts';
import { unknownCommandMessage } from '../../src/chat/refusals.ts';
import type { Card, Reply } from '../../src/chat/reply.ts';
import { connectMessage, forwardMessage, savedMessage } from '../../src/connections/connect/connect.view.ts';
import { resultMessage } from '../../src/connections/connect/result.view.ts';
import { refreshMessage } from '../../src/connections/refresh/refresh.view.ts';
import { neededScopes } from '../../src/connections/scopes.ts';
import { expiringMessage } from '../../src/deadlines/warning.view.ts';
import { licensesKind } from '../../src/directory/licenses.ts';
import { rolesKind } from '../../src/directory/roles.ts';
import { chooseMessage, type Match } from '../../src/organizations/choose.view.ts';
import { listMessage, nothingListedMessage } from '../../src/overview/list.view.ts';
import { everyOrganization } from '../../src/overview/list-filter.ts';
import { organizationMessage } from '../../src/overview/show.view.ts';
import { transactionsMessage } from '../../src/overview/transactions.view.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { progressMessage, transactionMessage } from '../../src/transactions/transaction.view.ts';
import { aLicense, aRole } from './directory-rows.ts';
import { connectionOf, now, organizationId, pageUrl, transactionOf, webexOrgId } from './every-message.ts';
import { renderMessage } from './read-card.ts';

/** Every button of a card: its title, and what a click sends or opens. */
function buttons(card: Card | undefined): unknown[][] {
  const walk = (value: unknown): unknown[][] => {
    if (Array.isArray(value)) return value.flatMap(walk);
    if (typeof value !== 'object' || value === null) return [];
    const part: Record<string, unknown> = { ...value };
    return part['type'] === 'Action.Submit' || (part['type'] === 'Action.OpenUrl' && part['title'] !== undefined)
      ? [[part['title'], part['data'] ?? part['url']]]
      : Object.values(part).flatMap(walk);
  };
  return walk(card?.body);
}

/** What a person reads of a reply, on the card and without it, in one line each. */
const read = ({ markdown, card }: Reply) => ({ markdown, card: JSON.stringify(card) });

describe('help', () => {
  it('lists every command, and says how to reach the bot in a group space', () => {
    const commands = [
      { name: 'show', usage: 'show <organization>', summary: 'Show one.', group: 'Organizations' as const },
      { name: 'list', usage: 'list', summary: 'List all.', group: 'Connections' as const },
    ];
    const { markdown, card } = read(renderMessage(helpMessage({ commands, isGroup: true, botName: 'Hubkeeper' })));
    expect(markdown).toContain('- **Organizations** – show');
    expect(markdown).toContain('- **Connections** – list');
    const group = { commands, isGroup: true, botName: 'Hubkeeper', group: 'Organizations' as const };
    const one = read(renderMessage(groupHelpMessage(group)));
    expect(one.markdown).toContain('- **show &lt;organization>** – Show one.');
    expect(one.markdown).not.toContain('List all.');
    expect(one.card).toContain('"show <organization>"');
    for (const text of [markdown, card]) expect(text).toContain('begin with @Hubkeeper');
    expect(renderMessage(helpMessage({ commands, isGroup: false, botName: 'Hubkeeper' })).markdown).not.toContain('@');
  });
});

describe('a refresh that was not begun', () => {
  it.each([
    ['held', ['Show']],
    ['not_due', ['Show']],
    ['stopping', ['Show']],
    ['too_late', ['Show']],
    ['lost', ['Reconnect', 'Show']],
    ['not_connected', ['Connect', 'Show']],
  ] as const)('because it is %s offers %s', (reason, titles) => {
    const organization = { id: organizationId, name: 'Acme Robotics', wholesale_status: false, servesAsPartner: false };
    const { card } = renderMessage(refreshMessage({ organization, result: { outcome: 'left', reason }, now }));
    expect(buttons(card).map(([title]) => title)).toEqual(titles);
  });
});

describe('what expires', () => {
  it.each([
    [0, 3, 30, '3 connections expire within 30 days'],
    [0, 1, 1, '1 connection expires within 1 day'],
    [2, 1, 30, '2 lost, 1 within 30 days'],
    [2, 0, 1, '2 lost, none within 1 day'],
    [0, 1001, 9, 'More than 1000 connections expire within 9 days'],
    [1001, 1001, 9, 'More than 1000 lost, more than 1000 within 9 days'],
    [0, 0, 1, 'Nothing expires within 1 day'],
  ])('%s lost, %s others, within %s: %s', (lost, coming, days, title) => {
    const { markdown, card } = read(
      renderMessage(
        expiringMessage({
          rows: [],
          days,
          firstNumber: 1,
          total: lost + coming,
          counts: { lost, expired: 0, coming },
          now,
        }),
      ),
    );
    expect(markdown).toContain(`**${title}**`);
    expect(card).toContain(`"${title}"`);
  });
});

describe('a list', () => {
  const row = (id: string, refreshDays?: number) => ({
    id,
    name: `Customer ${id}`,
    number: '6c36e7a4-8f33-4f1e-8a5c-7c7a3b1f0e11',
    customer: 'North',
    isWholesale: id === 'b',
    wholesaleStatus: 'provisioned_with_errors',
    connection: refreshDays === undefined ? null : connectionOf('ada@example.com', refreshDays),
  });
  const reply = renderMessage(
    listMessage({
      query: everyOrganization,
      mayChange: true,
      counts: { lost: 2, failing: 0, soon: 1, notConnected: 1001 },
      rows: [row('a'), row('b', 90), row('c', 9), row('d', -3)],
      firstNumber: 11,
      total: 35,
      previousPage: 1,
      nextPage: 3,
      now,
    }),
  );

  it.each([
    '11. **Customer a** – ⚪ Not connected',
    '12. **Customer b** – ✅ Connected, 90 days left',
    '13. **Customer c** – ⚠️ Connected, 9 days left',
    '14. **Customer d** – ❌ Expired 3 days ago',
    'North; Wholesale Status: provisioned, with errors; 6c36e7a4-8f33-4f1e-8a5c-7c7a3b1f0e11',
    'Of these: 2 lost or expired, 1 expires within 30 days, more than 1000 not connected.',
  ])('says %s', (line) => {
    expect(reply.markdown).toContain(line);
  });

  it('U7: has a button of its own for each row, for what is most likely next, and buttons for pages and other lists', () => {
    expect(buttons(reply.card)).toEqual([
      ['Connect', { action: 'connect', organization_id: 'a' }],
      ['Show', { action: 'show', organization_id: 'b' }],
      ['Show', { action: 'show', organization_id: 'c' }],
      ['Reconnect', { action: 'connect', organization_id: 'd' }],
      ['Previous', { action: 'list', page: 1 }],
      ['Next', { action: 'list', page: 3 }],
      ['Lost', { action: 'list', filter: 'lost' }],
      ['Not connected', { action: 'list', filter: 'not connected' }],
      ['Add', { action: 'add' }],
    ]);
  });

  it('offers whoever may only read nothing that changes anything', () => {
    const { card } = renderMessage(
      listMessage({
        ...{ query: everyOrganization, mayChange: false, counts: null, rows: [row('a'), row('d', -3)] },
        ...{ firstNumber: 1, total: 2, now },
      }),
    );
    expect(buttons(card).map(([title]) => title)).toEqual(['Show', 'Show', 'Lost', 'Not connected']);
  });

  it('that is empty offers to add', () => {
    const { card } = renderMessage(nothingListedMessage({ query: everyOrganization, nearest: [] }));
    expect(buttons(card)).toEqual([['Add organization', { action: 'add' }]]);
  });
});

describe('a list of transactions', () => {
  it('U9: says why each failed', () => {
    const row = {
      ...{
        id: 7,
        actionTitle: 'Connect',
        organizationId: 'a',
        organizationName: 'Acme',
        requestedBy: 'ada@example.com',
      },
      ...{ submittedAt: now, startedAt: now, completedAt: now, cancelRequestedBy: null },
    };
    const rows = [
      { ...row, status: 'fail' as const, reason: 'no_code', message: 'Webex refused the code.' },
      { ...row, id: 6, status: 'success' as const, reason: null, message: 'All is well.' },
    ];
    const view = { rows, hasNewer: false, hasOlder: false, filter: 'failed' as const, organization: null, now };
    const { markdown } = renderMessage(transactionsMessage(view));
    expect(markdown).toMatch(/- 7: .*❌ Fail: Webex refused the code; .*; ada@example\.com/);
    expect(markdown).not.toMatch(/All is well/);
  });
});

describe('a choice', () => {
  const match = (id: string, name: string): Match => ({ id, name, account_number_external: `uuid-${id}` });

  it('tells organizations of the same name apart, and goes on with the command', () => {
    const matches = [match('a', 'Acme'), match('b', 'Acme'), match('c', 'Acme West')];
    const reply = renderMessage(chooseMessage({ command: 'connect', typed: 'acme', matches, hasMore: true }));
    expect(reply.markdown).toContain('- Acme (uuid-a)  \n- Acme (uuid-b)  \n- Acme West\n');
    expect(reply.markdown).toContain('There are more');
    expect(buttons(reply.card)).toEqual([['Choose', { action: 'choose', command: 'connect' }]]);
  });
});

describe('an organization', () => {
  const organization = {
    id: organizationId,
    name: 'Acme',
    wholesale_status: false,
    webex_contact_center: true,
    base_url_setting: 'eu',
    account_number_external: '000fd0e4-83ef-d398-be23-d06998580fed',
    account_number: webexOrgId,
    account_email: null,
    default_calling_behaviour: null,
    email_domain: null,
    dirsync_enabled: false,
    servesAsPartner: false,
    ownsServiceApp: false,
    toOwnServiceApp: false,
    notes: null,
    http_proxy: 'v1:sealed',
    https_proxy: null,
    sync: true,
  };

  const view = {
    organization,
    settings: defaultSettings,
    customer: ['North', 'Acme'],
    notified: {
      roomId: 'room',
      type: 'group' as const,
      title: 'Ops of North',
      isSeen: true,
      isLeft: false,
      isHere: false,
      isByLabel: false,
    },
    labels: ['europe', 'gold'],
    othersOfGrantor: 0,
    syncs: [],
    lastTransaction: null,
    mayChange: true,
    now,
  };

  it('shows both numbers and deadlines, where it stands, whom to ask, and never a sealed value', () => {
    const connection = connectionOf('ada@example.com');
    for (const text of Object.values(read(renderMessage(organizationMessage({ ...view, connection }))))) {
      for (const said of [
        'North / Acme',
        '000fd0e4-83ef-d398-be23-d06998580fed',
        webexOrgId,
        'the record names nobody to ask',
        'Ops of North',
        'in 14 days (Mon 7 Dec 2026, 12:00 UTC)',
        'in 90 days (Sun 21 Feb 2027, 12:00 UTC)',
        'ada@example.com (a partner’s administrator)',
        'EU (Frankfurt)',
        'Set, stored encrypted',
        '••••••••, stored encrypted',
      ]) {
        expect(text).toContain(said);
      }
      expect(text).not.toContain('v1:sealed');
    }
  });

  it('has its sections in the order of the form, and names what is not set in one line', () => {
    const { markdown } = renderMessage(organizationMessage({ ...view, connection: null }));
    const titles = [...markdown.matchAll(/^\*\*([^*]+)\*\* *$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['Account', 'Access tokens', 'Wholesale and contact center', 'Sync', 'Proxies']);
    expect(markdown).toContain(
      '**Not set:** Default Calling Behaviour, Email Domain for Hybrid Calling in Workspaces, HTTPS Proxy, Please Note',
    );
  });

  it.each([
    [
      'nobody has connected',
      null,
      true,
      ['Connect', 'Edit', 'Transactions', 'Schedules', 'Changes', 'Audit', 'Contact center', 'Delete'],
    ],
    [
      'is alive',
      1,
      true,
      [
        'Refresh',
        'Reconnect',
        'Edit',
        'Sync',
        'Transactions',
        'Schedules',
        'Changes',
        'Audit',
        'Contact center',
        'Delete',
      ],
    ],
    [
      'has expired',
      -1,
      true,
      ['Reconnect', 'Edit', 'Transactions', 'Schedules', 'Changes', 'Audit', 'Contact center', 'Delete'],
    ],
    ['is alive, to a viewer', 1, false, ['Transactions', 'Schedules', 'Changes', 'Audit', 'Contact center']],
  ])('that %s offers what is likely next', (_, days, mayChange, titles) => {
    const connection = days === null ? null : connectionOf('ada@example.com', days);
    const { card } = renderMessage(organizationMessage({ ...view, connection, mayChange }));
    expect(buttons(card).map(([title]) => title)).toEqual(titles);
    for (const [, data] of buttons(card)) expect(data).toMatchObject({ organization_id: organizationId });
  });

  it.each([
    ['This one', { isHere: true }],
    ['This one, by a label', { isHere: true, isByLabel: true }],
    ['Ops of North, by a label', { isByLabel: true }],
    ['A direct space of Ops of North', { type: 'direct' as const }],
    ['A direct space', { type: 'direct' as const, title: null }],
    ['A group space', { title: null }],
    ['A group space outside of this branch', { title: null, isSeen: false }],
    ['Ops of North; I was removed from it, so the provider’s administrators are notified', { isLeft: true }],
  ])('names the space that is notified: %s', (words, differing) => {
    const notified = { ...view.notified, ...differing };
    const { markdown } = renderMessage(organizationMessage({ ...view, notified, connection: null }));
    expect(markdown).toContain(`**Notified space** – ${words}\n`);
  });
});

describe('a connect link', () => {
  const url = 'https://hubkeeper.example.com/connect/a_b-c';
  const view = {
    organizationId,
    organizationName: 'Acme',
    url,
    expiresAt: new Date('2026-11-24T12:00:00Z'),
    adminEmail: 'ada@example.com',
    isWholesale: false,
    now,
  };

  it('U6: says whom to send it to, how often it works and until when; opening it oneself comes last', () => {
    const reply = renderMessage(connectMessage(view));
    expect(buttons(reply.card)).toEqual([
      ['Open link', url],
      ['Revoke links', { action: 'revoke_links', organization_id: organizationId }],
      ['Enter tokens', { action: 'connect_tokens', organization_id: organizationId }],
    ]);
    for (const text of Object.values(read(reply))) {
      const said = [
        'Send the link to ada@example.com',
        'works once, and expires in 24 hours (Tue 24 Nov 2026, 12:00 UTC)',
        'yourself? Then open the link here',
      ].map((words) => text.indexOf(words));
      expect(said).toEqual([...said].sort((a, b) => a - b));
      expect(said[0]).toBeGreaterThan(-1);
    }
    expect(renderMessage(connectMessage({ ...view, adminEmail: null })).markdown).toContain('The record names nobody');
  });

  it('U6: comes with a text to forward, which is no card and holds all that the customer’s administrator needs', () => {
    const provider = { name: 'Meridian Networks', contact: 'webex@meridian.example' };
    const { markdown, card } = renderMessage(forwardMessage({ ...view, provider }));
    expect(card).toBeUndefined();
    for (const part of [
      url,
      'Acme',
      'Meridian Networks',
      'webex@meridian.example',
      'Tue 24 Nov 2026, 12:00 UTC',
      'once',
    ]) {
      expect(markdown).toContain(part);
    }
    expect(markdown).not.toMatch(/in 24 hours/);
    expect(renderMessage(forwardMessage({ ...view, provider: { ...provider, contact: null } })).markdown).not.toMatch(
      /Questions|null/,
    );
  });

  it('has buttons that a phone shows whole', () => {
    for (const [title] of buttons(renderMessage(connectMessage(view)).card))
      expect(String(title).length).toBeLessThan(15);
  });

  it('follows the news that the record is saved', () => {
    expect(renderMessage(savedMessage(view)).markdown).toContain('Acme is saved. Now connect it to Webex.');
  });
});

describe('a transaction', () => {
  it('shows its progress as one mark and line for each step', () => {
    expect(renderMessage(progressMessage(transactionOf('Acme'), pageUrl)).markdown).toBe(
      [
        '**Connect Acme** – Fail\n',
        '✅ Exchange the code for tokens: Acme  ',
        '❌ Verify the organization: Acme  ',
        '⏳ Store the tokens: Acme  ',
        '⏭️ Sync roles: Acme  ',
        '▫️ Sync licenses\n',
        `Transaction 12, took 9 seconds · [Live page](${pageUrl})`,
      ].join('\n'),
    );
  });

  it('tells who asked for it, when, and how long it took', () => {
    const { markdown } = renderMessage(
      transactionMessage({
        transaction: { ...transactionOf('Acme'), requestedBy: 'bea@example.com' },
        log: { lines: [], hasMore: false },
        pageUrl,
        now,
      }),
    );
    expect(markdown).toContain('- **Requested by:** bea@example.com');
    expect(markdown).toContain('- **Submitted:** Mon 23 Nov 2026, 12:00 UTC');
    expect(markdown).toContain('- **Took:** 9 seconds');
  });

  const view = { log: { lines: [], hasMore: false }, pageUrl: null, now };

  it.each([
    ['open', { status: 'in_progress', completedAt: null, cancelRequestedBy: null }, ['Cancel', 'Show organization']],
    ['with cancellation requested', { status: 'in_progress', completedAt: null }, ['Show organization']],
    ['over', {}, ['Replay', 'Show organization']],
    ['over, of an organization that is gone', { organizationId: null }, []],
  ] as const)('that is %s has the buttons that do something', (_what, changed, titles) => {
    const { card } = renderMessage(
      transactionMessage({ ...view, transaction: { ...transactionOf('Acme'), ...changed } }),
    );
    expect(buttons(card).map(([title]) => title)).toEqual([...titles, 'Transactions']);
  });

  it('shows the end of its log, with times, and that there is more of it', () => {
    const log = { lines: [{ at: now, message: 'Try 1: no answer.' }], hasMore: true };
    const reply = renderMessage(transactionMessage({ ...view, transaction: transactionOf('Acme'), log }));
    for (const text of Object.values(read(reply))) {
      expect(text).toContain('Log, the last 1 line');
      expect(text).toContain('Mon 23 Nov 2026, 12:00 UTC: Try 1: no answer.');
    }
  });
});

describe('a result', () => {
  const organization = { id: organizationId, name: 'Acme' };

  it('tells roles, the use of each license, and both deadlines', () => {
    const roles = Array.from({ length: 14 }, (_, index) => aRole(`Role ${index}`));
    const licenses = [aLicense('Calling', 50, 12), aLicense('Messaging', 0, 300)];
    const reply = renderMessage(
      resultMessage(
        {
          outcome: 'success',
          transactionId: 12,
          title: 'Acme is connected',
          pageUrl,
          organization,
          stepFacts: [...rolesKind.facts(roles), ...licensesKind.facts(licenses)],
          ...connectionOf('ada@example.com'),
        },
        now,
      ),
    );
    for (const text of Object.values(read(reply))) {
      for (const part of ['14 synced', '12 of 50 used', '300 used, no limit', 'in 14 days', 'in 90 days']) {
        expect(text).toContain(part);
      }
    }
    expect(buttons(reply.card).map(([title]) => title)).toEqual(['Show', 'Reconnect', 'Steps', 'Live page']);
  });

  it.each([
    [false, ['Show', 'Connect', 'Steps', 'Live page']],
    [true, ['Show', 'Reconnect', 'Replay', 'Steps', 'Live page']],
  ])('that failed (connected all the same: %s) says why, and offers what mends it', (isConnected, titles) => {
    const title = 'Acme could not be connected';
    const reply = renderMessage(
      resultMessage(
        {
          outcome: 'fail',
          transactionId: 12,
          title,
          pageUrl,
          organization,
          isConnected,
          what: 'Why.',
          hint: 'Do this.',
          trackingId: 'T_1',
        },
        now,
      ),
    );
    for (const text of Object.values(read(reply))) {
      for (const part of [title, 'Why.', 'Do this.']) expect(text).toContain(part);
      expect(text).toMatch(/T\\*_1/);
    }
    expect(buttons(reply.card).map(([name]) => name)).toEqual(titles);
  });

  it('of an organization that is gone offers only the steps and the page', () => {
    const gone = { id: null, name: 'Acme' };
    const fail = { outcome: 'fail', transactionId: 12, title: 'No.', pageUrl, organization: gone } as const;
    const { card } = renderMessage(resultMessage({ ...fail, what: 'Why.', hint: null }, now));
    expect(buttons(card)).toEqual([
      ['Steps', { action: 'transaction', transaction_id: 12 }],
      ['Live page', pageUrl],
    ]);
  });
});

describe('an unknown command', () => {
  it.each([
    [['show', 'list'], 'Did you mean show or list?'],
    [[], 'Press Help to see what I know.'],
  ])('near %j gets “%s”', (nearest, guess) => {
    expect(renderMessage(unknownCommandMessage({ typed: 'shwo', nearest })).markdown).toContain(
      `I do not know “shwo”. ${guess}`,
    );
  });
});

describe('what a grant allows', () => {
  const show = (scopes: string[], wholesale_status = false) => {
    return renderMessage(
      organizationMessage({
        organization: {
          id: 'o',
          name: 'Acme',
          wholesale_status,
          webex_contact_center: false,
          base_url_setting: null,
          account_number_external: '000fd0e4-83ef-d398-be23-d06998580fed',
          account_number: webexOrgId,
          account_email: null,
          default_calling_behaviour: null,
          email_domain: null,
          dirsync_enabled: false,
          servesAsPartner: false,
          ownsServiceApp: false,
          toOwnServiceApp: false,
          notes: null,
          http_proxy: null,
          https_proxy: null,
          sync: true,
        },
        settings: defaultSettings,
        customer: [],
        notified: undefined,
        labels: [],
        connection: { ...connectionOf('carol@acme.example'), scopes },
        othersOfGrantor: 0,
        syncs: [],
        lastTransaction: null,
        mayChange: true,
        now,
      }),
    ).markdown;
  };
  const all = neededScopes(
    {
      ...{ sync: true, wholesale_status: false, webex_contact_center: false },
      ...{ default_calling_behaviour: null, email_domain: null },
    },
    defaultSettings,
  );

  it('is not spoken of where it is what the record needs, or where Webex did not tell', () => {
    expect(show(all)).not.toMatch(/permitted/i);
    expect(show([])).not.toMatch(/permitted/i);
  });

  it('names in words what will not work, and who mends it', () => {
    expect(show(all, true)).toMatch(
      /Not permitted:\*\* To read the wholesale customer .* An administrator of the service provider with wholesale rights must reconnect/,
    );
  });

  it('names what is superfluous', () => {
    expect(show([...all, 'cjp:config_read'])).toMatch(/Permitted, not needed:\*\* cjp:config\\?_read/);
  });
});
