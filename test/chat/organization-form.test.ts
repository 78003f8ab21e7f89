import { describe, expect, it } from 'vitest';
import { checkOrganization, type FieldProblem } from '../../src/organizations/check-organization.ts';
import { NO_CHOICE, ORGANIZATION_FIELDS } from '../../src/organizations/organization-fields.ts';
import { organizationForm } from '../../src/organizations/organization-form.view.ts';
import { renderMessage } from './read-card.ts';

type Part = Record<string, unknown>;

const uuid = '000fd0e4-83ef-d398-be23-d06998580fed';

/** The card's parts in order, those inside containers too. */
function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [Object.fromEntries(Object.entries(value)), ...Object.values(value).flatMap(partsOf)];
}

function form(values: Record<string, unknown> = {}, problems: readonly FieldProblem[] = []) {
  const { card, markdown } = renderMessage(organizationForm({ mode: 'add', values, problems }));
  const all = partsOf(card?.body);
  const byId = new Map(all.map((part) => [part['id'], part]));
  return { all, byId, markdown, text: JSON.stringify(card) };
}

const typed = {
  name: 'Acme "Corp" <b>',
  account_number_external: 'not a number',
  account_email: 'ada',
  sync: 'false',
  wholesale_status: 'true',
  webex_contact_center: 'true',
  base_url_setting: 'jp',
  default_calling_behaviour: 'Cisco Jabber app',
  email_domain: '@x',
  dirsync_enabled: 'true',
  notes: 'two\nlines',
  http_proxy: 'ada:hunter2@proxy',
  https_proxy: 'http://ada:hunter2@proxy:1',
};

describe('the empty form', () => {
  const { all, byId } = form();

  it('has an input with the label of every field', () => {
    const inputs = all.filter(({ type }) => String(type).startsWith('Input.'));
    expect(inputs.map(({ id }) => id)).toEqual(ORGANIZATION_FIELDS.map(({ name }) => name));
    expect(inputs.map(({ label, title }) => label ?? title)).toEqual(ORGANIZATION_FIELDS.map(({ label }) => label));
    expect(inputs.filter(({ isRequired }) => isRequired).map(({ id }) => id)).toEqual([
      'name',
      'account_number_external',
    ]);
  });

  it('starts with the fields’ own values, and the further settings folded', () => {
    expect(byId.get('sync')).toMatchObject({ value: 'true' });
    expect(byId.get('wholesale_status')).toMatchObject({ value: 'false' });
    expect(byId.get('base_url_setting')).toMatchObject({ value: NO_CHOICE });
    expect(byId.get('more_settings')).toMatchObject({ isVisible: false });
    expect(byId.get('more_button')).toMatchObject({ isVisible: true });
  });

  it('saves with the inputs and cancels without them', () => {
    expect(all.filter(({ type }) => type === 'Action.Submit')).toMatchObject([
      { title: 'Save', data: { action: 'save-organization' }, associatedInputs: 'auto' },
      { title: 'Cancel', data: { action: 'discard-form' }, associatedInputs: 'none' },
    ]);
  });
});

describe('the rejected form', () => {
  const checked = checkOrganization(typed);
  const problems = 'problems' in checked ? checked.problems : [];
  const { all, byId, markdown, text } = form(typed, problems);

  it('still holds every value that was typed, except secrets', () => {
    for (const [field, value] of Object.entries(typed)) {
      const kept = field.endsWith('_proxy') ? '' : value;
      expect(byId.get(field), field).toMatchObject({ value: kept });
    }
  });

  it('never sends a secret back, and asks to type it again', () => {
    expect(text + markdown).not.toContain('hunter2');
    // The HTTP proxy's own problem says what to type; the HTTPS proxy was right, and is lost all the same.
    expect(text.match(/Type it again: this form never shows/g)).toHaveLength(1);
    expect(text).toContain('HTTP Proxy must begin with http:// or https://');
  });

  it('has each problem right after its field, and all of them in the Markdown', () => {
    expect(problems.map(({ field }) => field)).toEqual([
      'account_number_external',
      'account_email',
      'email_domain',
      'http_proxy',
    ]);
    for (const { field } of problems) {
      const index = all.findIndex(({ id, type }) => id === field && type !== 'Container');
      const following = all.slice(index + 1).find(({ type }) => type === 'TextBlock');
      expect(following).toMatchObject({ color: 'attention' });
    }
    expect(text).toContain('Not saved yet: correct 4 fields.');
    expect(markdown.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(4);
  });

  it('unfolds the further settings, so that no problem and no value hides', () => {
    expect(byId.get('more_settings')).toMatchObject({ isVisible: true });
    expect(byId.get('more_button')).toMatchObject({ isVisible: false });
    const nameOnly = [{ field: 'name', message: 'Customer Name is missing.' }] as const;
    expect(form({ name: '' }, nameOnly).byId.get('more_settings')).toMatchObject({ isVisible: false });
    expect(form({ name: '', notes: 'x' }, nameOnly).byId.get('more_settings')).toMatchObject({ isVisible: true });
  });
});

describe('the client’s checks', () => {
  const { byId } = form();

  it.each([
    ['account_number_external', uuid],
    ['account_number_external', ` ${Buffer.from(`ciscospark://us/ORGANIZATION/${uuid}`).toString('base64')} `],
    ['account_number_external', `\u200B{${uuid.toUpperCase()}}\u200E`],
    ['account_number_external', uuid.replaceAll('-', '\u2011')],
    ['account_number_external', uuid.replaceAll('-', '')],
    ['account_number_external', `https://admin.webex.com/customers/${uuid}/overview`],
    ['account_email', ''],
    ['account_email', '\u200B'],
    ['account_email', '\uFEFFada@example.com\u200B'],
    ['account_email', 'ada.o’neil+x@sub.example.com'],
    ['email_domain', ''],
    ['email_domain', 'Example.com '],
    ['email_domain', '\u200Bexample.com\u200B'],
    ['http_proxy', ''],
    ['http_proxy', 'HTTP://proxy.example.com:3128\u200B'],
    ['http_proxy', 'https://ada:p%40ss@[2001:db8::1]:65535'],
    ['https_proxy', 'http://proxy.example.com:3128'],
  ])('T1: let %s %j pass, as the record’s own check might', (field, value) => {
    expect(value).toMatch(new RegExp(String(byId.get(field)?.['regex'])));
  });

  it.each([
    ['account_number_external', 'Acme'],
    ['account_email', 'ada'],
    ['email_domain', 'http://example.com'],
    ['http_proxy', 'proxy:3128'],
    ['https_proxy', 'http://proxy'],
  ])('stop %s %j with a cure', (field, value) => {
    const input = byId.get(field);
    expect(value).not.toMatch(new RegExp(String(input?.['regex'])));
    expect(input?.['errorMessage']).toMatch(/^(Copy|Type|Write) .+\.$/);
  });
});
