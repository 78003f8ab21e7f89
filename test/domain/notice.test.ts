// A notice is read back from the store as it was saved, and what is no notice is refused.
import { describe, expect, it } from 'vitest';
import { type Notice, noticeSchema } from '../../src/notices/notice.ts';

const organizationId = '6f7d5fd4-35b1-4f39-9c63-8a9f1b0f3f10';

describe('noticeSchema', () => {
  it.each<Notice>([
    { kind: 'greeting' },
    { kind: 'reply', reply: { markdown: 'Hello', card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock' }] } } },
    { kind: 'reply', reply: { markdown: 'Hello' } },
    { kind: 'organization_saved', organizationId, askedBy: 'ada@meridian.example' },
    { kind: 'connect_link', organizationId, askedBy: 'ada@meridian.example' },
    { kind: 'connect_refused', organizationId, error: 'access_denied' },
    { kind: 'transaction_progress', transactionId: 12 },
    { kind: 'transaction_result', transactionId: 12 },
  ])('takes %j back as it was', (notice) => {
    expect(noticeSchema.parse(JSON.parse(JSON.stringify(notice)))).toEqual(notice);
  });

  it.each([
    [{}],
    [{ kind: 'farewell' }],
    [{ kind: 'reply' }],
    [{ kind: 'connect_link', organizationId: 'acme', askedBy: 'ada@meridian.example' }],
    [{ kind: 'transaction_result', transactionId: '12' }],
    [{ kind: 'transaction_result', transactionId: 1.5 }],
  ])('refuses %j', (other) => {
    expect(noticeSchema.safeParse(other).success).toBe(false);
  });
});
