import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consentPage } from '../../src/connections/connect/consent-page.view.ts';
import { providerOf } from '../../src/connections/connect/provider.ts';
import { tokenPage } from '../../src/connections/tokens/token-page.view.ts';
import { TOKEN_FORMS } from '../../src/connections/tokens/token-rules.ts';
import { messagePage } from '../../src/http/page.ts';
import type { TransactionStatus } from '../../src/transactions/transaction.ts';
import { transactionPage } from '../../src/transactions/transaction-page.view.ts';
import { aTransaction, type TransactionFacts } from '../helpers/transactions.ts';

const now = new Date('2026-11-23T12:00:09Z');
const startedAt = new Date('2026-11-23T12:00:01Z');

function transactionOf(status: TransactionStatus, text = 'Acme'): TransactionFacts {
  return {
    id: 12,
    action: 'connect',
    organizationId: null,
    organizationName: text,
    requestedBy: text,
    status,
    reason: null,
    message: text,
    hint: null,
    cancelRequestedBy: null,
    cancelRequestedAt: null,
    replayOf: null,
    submittedAt: startedAt,
    startedAt,
    completedAt: status === 'success' || status === 'fail' ? now : null,
    steps: [
      { name: 'exchange_code', status: 'done', message: `Step of ${text}` },
      { name: 'verify_organization', status: 'running', message: null },
    ],
  };
}

const pageOf = (transaction: TransactionFacts, deadlines = false) =>
  transactionPage({
    transaction: aTransaction(transaction),
    deadlines: deadlines
      ? [
          { title: 'Access token expires', at: new Date('2026-12-07T12:00:09Z') },
          { title: 'Refresh token expires', at: new Date('2027-02-21T12:00:09Z') },
        ]
      : [],
    eventsPath: '/transactions/12/events?key=k',
    now,
  });

/** The page's tags with their attributes, without its text: what a value that broke out would change. */
const tags = (html: string) => html.match(/<[^>]*>/g);

describe('a message page', () => {
  it('has a title, its lines, its tone and what to do next', () => {
    const html = messagePage({
      title: 'This link has been used',
      lines: ['One.', 'Two.'],
      tone: 'bad',
      hint: 'Ask for a new one.',
    });
    expect(html).toContain('<title>This link has been used · Hubkeeper</title>');
    expect(html).toContain('<main class="bad">');
    expect(html).toContain('<h1>This link has been used</h1>');
    expect(html.match(/<p>(One|Two)\.<\/p>/g)).toHaveLength(2);
    expect(html).toContain('<p class="hint">Ask for a new one.</p>');
  });
});

describe('the page before Webex’s', () => {
  const authorizeUrl = 'https://webexapis.com/v1/authorize?client_id=C1&state=s';
  const view = {
    provider: { name: 'Meridian', contact: null },
    organization: {
      name: 'Acme',
      account_number_external: '000fd0e4-83ef-d398-be23-d0699858ffff',
      wholesale_status: false,
    },
    scopes: ['spark-admin:licenses_read'],
    expiresAt: new Date('2026-11-24T12:00:09Z'),
    now,
    appId: 'C1',
    authorizeUrl,
  };
  const hrefs = (html: string) => [...html.matchAll(/<a[^>]* href="([^"]*)"/g)].map(([, address]) => address);

  it.each([
    ['webex@meridian.example', 'mailto:webex@meridian.example'],
    ['o"brien+x?subject=y&body=z@meridian.example', undefined],
    ['us?subject=y&body=z@meridian.example', 'mailto:us%3Fsubject%3Dy%26body%3Dz@meridian.example'],
    ['https://meridian.example/webex', 'https://meridian.example/webex'],
    ['http://meridian.example/webex', undefined],
    ['javascript:alert(1)', undefined],
    ['+49 89 1234, or your account manager', undefined],
    [null, undefined],
  ])('C5: has beside its button at most the contact %s as a link', (contact, href) => {
    const html = consentPage({ ...view, provider: { name: 'Meridian', contact } });
    const address = authorizeUrl.replaceAll('=', '&#x3D;').replaceAll('&s', '&amp;s');
    expect(hrefs(html)).toEqual([address, ...(href === undefined ? [] : [href.replaceAll('=', '&#x3D;')])]);
    expect(html.includes('whoever sent you the link')).toBe(contact === null);
  });

  it('says who signs in and what is changed, which differs for a wholesale customer', () => {
    const ofCustomer = consentPage(view);
    expect(ofCustomer).toContain('<strong>a full administrator of Acme</strong>');
    expect(ofCustomer).toContain('Nothing in it is changed.');
    const ofWholesale = consentPage({ ...view, organization: { ...view.organization, wholesale_status: true } });
    expect(ofWholesale).toContain('<strong>an administrator of Meridian with wholesale rights</strong>');
    expect(ofWholesale).toContain('Packages are changed where an administrator of Meridian confirms it; nothing else');
    const setsCalling = consentPage({ ...view, scopes: ['spark-admin:people_write'] });
    expect(setsCalling).toContain(
      'Your people get the default calling behaviour that was agreed with you; nothing else',
    );
  });

  it('C5: keeps its tags whatever the names are', () => {
    const hostile = '"><script>alert(1)</script>{{title}}';
    const names = { provider: { name: hostile, contact: hostile }, appId: hostile, scopes: [hostile] };
    const organization = { name: hostile, account_number_external: hostile, wholesale_status: true };
    const plainly = { provider: { name: 'x', contact: 'x' }, appId: 'x', scopes: ['x'] };
    expect(tags(consentPage({ ...view, ...names, organization }))).toEqual(
      tags(
        consentPage({
          ...view,
          ...plainly,
          organization: { ...organization, name: 'x', account_number_external: 'x' },
        }),
      ),
    );
  });

  it('C5: names the bot where the operator names nobody, and the product before Webex has named the bot', () => {
    const bot = { provider: { name: undefined, contact: undefined }, botName: () => 'Connector' };
    expect(providerOf({ ...bot, botIsKnown: () => true })).toEqual({ name: 'Connector', contact: null });
    expect(providerOf({ ...bot, botIsKnown: () => false })).toEqual({ name: 'Hubkeeper', contact: null });
    const named = { name: 'Meridian', contact: '+49 89 1234' };
    expect(providerOf({ ...bot, provider: named, botIsKnown: () => true })).toEqual(named);
  });
});

describe('the page for tokens', () => {
  const view = {
    provider: { name: 'Meridian', contact: null },
    organization: { name: 'Acme', account_number_external: '000fd0e4-83ef-d398-be23-d0699858ffff' },
    scopes: ['spark-admin:licenses_read'],
    forms: TOKEN_FORMS,
    expiresAt: new Date('2026-11-24T12:00:09Z'),
    now,
  };

  it('keeps its tags whatever the names and the client id are', () => {
    const named = (name: string) => ({
      ...view,
      provider: { name, contact: name },
      organization: { name, account_number_external: name },
      scopes: [name],
      clientId: name,
      problems: { refresh_token: name },
    });
    // But for the value of the field, a tag of its own.
    const withoutValue = (html: string) => tags(html)?.map((tag) => tag.replace(/ value="[^"<>]*"/, ''));
    expect(withoutValue(tokenPage(named('"><script>alert(1)</script>{{title}}')))).toEqual(
      withoutValue(tokenPage(named('x'))),
    );
  });

  it('shows a refusal at its field, or above all fields, and marks the page', () => {
    const clean = tokenPage(view);
    expect(clean).toContain('<main class="neutral">');
    expect(clean).not.toMatch(/class="problem"|aria-invalid/);
    const atField = tokenPage({ ...view, refusal: 'app_refused' });
    expect(atField).toContain('<main class="bad">');
    expect(atField.match(/aria-invalid="true"/g)).toHaveLength(1);
    expect(tokenPage({ ...view, refusal: 'wrong_organization' })).toMatch(/<p class="problem" role="alert">/);
    expect(tokenPage({ ...view, refusal: 'not_ours' })).toMatch(
      /<input id="pair-refresh_token"[^>]* aria-invalid="true"/,
    );
  });

  it('takes nothing of a service app where it has no form for one', () => {
    const html = tokenPage({ ...view, forms: ['pair'] });
    expect(html).not.toMatch(/client_secret|Service Apps/);
    expect(html.match(/<form /g)).toHaveLength(1);
  });
});

describe('a transaction page', () => {
  it.each<[TransactionStatus, string, string]>([
    ['queued', 'Connecting Acme to Webex', 'You may also close it'],
    ['in_progress', 'Connecting Acme to Webex', 'You may also close it'],
    ['success', 'Acme is connected', 'You may close this page.'],
    ['fail', 'Acme could not be connected', 'You may close this page.'],
  ])('that is %s says “%s” and when to close it', (status, heading, hint) => {
    const html = pageOf(transactionOf(status));
    expect(html).toContain(`<h1>${heading}</h1>`);
    expect(html).toContain(hint);
    const isLive = status === 'queued' || status === 'in_progress';
    expect(html.includes('data-events="/transactions/12/events?key&#x3D;k"')).toBe(isLive);
    expect(html.includes('<noscript><meta http-equiv="refresh" content="5"></noscript>')).toBe(isLive);
    expect(html.includes('<script ')).toBe(isLive);
  });

  it('tells each step in words, beside the sign for the eye', () => {
    const html = pageOf(transactionOf('in_progress')).replace(/\s+/g, ' ');
    expect(html).toContain(
      '<strong>Exchange the code for tokens</strong> <span class="word">done</span> <p>Step of Acme</p>',
    );
    expect(html).toContain('<strong>Verify the organization</strong> <span class="word">running</span>');
    expect(html).toContain('<p role="status">In Progress. Step 2 of 2: Verify the organization.</p>');
    expect(html.match(/aria-hidden="true"/g)).toHaveLength(2);
  });

  it('says once what failed', () => {
    const transaction = { ...transactionOf('fail'), message: 'Webex said no.' };
    const steps = [{ name: 'exchange_code', status: 'failed', message: 'Webex said no.' }] as const;
    expect(pageOf({ ...transaction, steps }).match(/Webex said no\./g)).toHaveLength(1);
  });

  it('ends with both deadlines in words and dates', () => {
    const html = pageOf(transactionOf('success'), true);
    expect(html).toContain('<dt>Access token expires</dt>');
    expect(html).toContain('in 14 days (Mon 7 Dec 2026, 12:00 UTC)');
    expect(html).toContain('<time datetime="2027-02-21T12:00:09.000Z">in 90 days (Sun 21 Feb 2027, 12:00 UTC)</time>');
  });

  it('says who wants it to end, and in the end that it was canceled', () => {
    const requested = { ...transactionOf('in_progress'), message: null, cancelRequestedBy: 'ada@meridian.example' };
    expect(pageOf(requested)).toContain(
      'ada@meridian.example requested cancellation: the transaction ends once the running step has ended.',
    );
    const message = 'Transaction canceled by ada@meridian.example. Nothing was stored.';
    const html = pageOf({ ...requested, ...transactionOf('fail'), reason: 'canceled', message });
    expect(html).toContain('<h1>Acme was not connected: the transaction was canceled</h1>');
    expect(html).toContain('<main class="bad">');
    expect(html).toContain(message);
    expect(html).not.toContain('requested cancellation');
  });

  it('of a refresh speaks of that, and of no link', () => {
    const refresh = { ...transactionOf('fail'), action: 'refresh', steps: [] } as const;
    expect(pageOf(refresh)).toContain('<h1>Acme could not be refreshed</h1>');
    for (const status of ['in_progress', 'fail'] as const) {
      expect(pageOf({ ...refresh, ...transactionOf(status), action: 'refresh' })).not.toContain('link sees');
    }
  });

  it('says that the organization is connected where only a sync failed', () => {
    const transaction = transactionOf('fail');
    const steps = [
      { name: 'store_tokens', status: 'done', message: null },
      { name: 'sync_roles', status: 'failed', message: null },
    ] as const;
    expect(pageOf({ ...transaction, steps })).toContain('<h1>Acme is connected, but not everything worked</h1>');
  });
});

describe('every page', () => {
  it('has nothing inline, and loads nothing but our own files', () => {
    const pages = [
      messagePage({ title: 'x', lines: [], tone: 'good' }),
      pageOf(transactionOf('success'), true),
      pageOf(transactionOf('in_progress')),
    ];
    for (const html of pages) {
      expect(html).not.toMatch(
        /<style|style=|\son\w+=|<img|<iframe|<script(?! src="\/assets\/live\.js)|<script[^>]*>[^<]/i,
      );
      for (const [, address] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
        expect(address).toMatch(/^\/assets\/(style\.css|icon\.svg|live\.js)\?[\w-]{12}$/);
      }
    }
  });

  it('keeps its tags whatever is written into it', () => {
    const hostile = fc
      .array(
        fc.oneof(
          fc.constantFrom('<script>', '</title>', '"', "'", '>', '&', '&lt;', '{{title}}', '-->', 'x onload="y"'),
          fc.string({ unit: 'binary', maxLength: 5 }),
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((all) => `x${all.join('')}`);
    fc.assert(
      fc.property(hostile, (text) => {
        const message = { title: text, lines: [text], tone: 'bad', hint: text } as const;
        expect(tags(messagePage(message))).toEqual(
          tags(messagePage({ ...message, title: 'x', lines: ['x'], hint: 'x' })),
        );
        expect(tags(pageOf(transactionOf('fail', text)))).toEqual(tags(pageOf(transactionOf('fail', 'x'))));
      }),
      { numRuns: 500 },
    );
  });
});
