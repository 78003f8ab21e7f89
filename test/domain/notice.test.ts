// A notice is read back from the store as it was saved, and what is no notice is refused.
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/chat/answer.ts';
import { connectLinkNotice, connectRefusedNotice } from '../../src/connections/connect/connect.notice.ts';
import { forecastCalendarNotice, forecastPictureNotice } from '../../src/deadlines/forecast/forecast.notice.ts';
import { replyNotice } from '../../src/notices/reply.notice.ts';
import { organizationSavedNotice } from '../../src/organizations/record.notice.ts';
import { greetingNotice } from '../../src/spaces/greeting.notice.ts';
import { transactionProgressNotice, transactionResultNotice } from '../../src/transactions/transaction.notice.ts';
import { notices } from '../helpers/registry.ts';

const organizationId = '6f7d5fd4-35b1-4f39-9c63-8a9f1b0f3f10';

const kinds = [
  greetingNotice,
  replyNotice,
  organizationSavedNotice,
  connectLinkNotice,
  connectRefusedNotice,
  transactionProgressNotice,
  transactionResultNotice,
  forecastPictureNotice,
  forecastCalendarNotice,
];

const askedBy = { personId: 'ada', email: 'ada@meridian.example', webexOrgId: null };

const kindOf = ({ kind }: Pick<Notice, 'kind'>) => kinds.find((known) => known.kind === kind);

describe('a kind of notice', () => {
  it.each<Notice>([
    { kind: 'greeting' },
    { kind: 'reply', reply: { markdown: 'Hello', card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock' }] } } },
    { kind: 'reply', reply: { markdown: 'Hello' } },
    { kind: 'organization_saved', organizationId, askedBy: 'ada@meridian.example' },
    { kind: 'connect_link', organizationId, askedBy: 'ada@meridian.example' },
    { kind: 'connect_refused', organizationId, error: 'access_denied' },
    { kind: 'transaction_progress', transactionId: 12 },
    { kind: 'transaction_result', transactionId: 12 },
    { kind: 'forecast_picture', days: 90, askedBy },
    { kind: 'forecast_calendar', days: 90, askedBy: { ...askedBy, webexOrgId: 'meridian' } },
    // As versions saved it that did not note who asked.
    { kind: 'forecast_picture', days: 90 },
  ])('takes %j back as it was', (notice) => {
    const read = kindOf(notice)?.read(JSON.parse(JSON.stringify(notice)));
    expect({ kind: notice.kind, ...read }).toEqual(notice);
  });

  it.each([
    [{ kind: 'reply' }],
    [{ kind: 'connect_link', organizationId: 'acme', askedBy: 'ada@meridian.example' }],
    [{ kind: 'transaction_result', transactionId: '12' }],
    [{ kind: 'transaction_result', transactionId: 1.5 }],
  ])('refuses %j', (other) => {
    expect(() => kindOf(other)?.read(other)).toThrow();
  });

  it.each(kinds)('has a renderer among the features: $kind', ({ kind }) => {
    expect(notices.filter((renderer) => renderer.kind === kind)).toHaveLength(1);
  });

  it('is rendered by one feature alone', () => {
    const names = notices.map(({ kind }) => kind);
    expect(names).toEqual([...new Set(names)]);
  });
});
