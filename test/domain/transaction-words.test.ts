// What a transaction came to, in words: of each action, however it ended.
import { describe, expect, it } from 'vitest';
import type { StepStatus } from '../../src/transactions/transaction.ts';
import { cancellationWords, markedStatus } from '../../src/transactions/transaction-words.ts';
import type { WordedTransaction } from '../../src/transactions/workflow-words.ts';
import { workflows } from '../helpers/registry.ts';

const steps = (statuses: Record<string, StepStatus>) =>
  Object.entries(statuses).map(([name, status]) => ({ name, status }));

const nothing = steps({ exchange_code: 'failed', verify_organization: 'skipped', store_tokens: 'skipped' });
const stored = steps({
  exchange_code: 'done',
  verify_organization: 'done',
  store_tokens: 'done',
  sync_roles: 'skipped',
});

interface Worded extends WordedTransaction {
  action: string;
}

const connect: Worded = { action: 'connect', status: 'fail', reason: 'http_403', steps: nothing, replayOf: null };

describe('what a transaction comes to', () => {
  it.each<[Partial<Worded>, string]>([
    [{ status: 'queued' }, 'Connecting Acme to Webex'],
    [{ status: 'in_progress', replayOf: 11 }, 'Syncing Acme again'],
    [{ status: 'success', reason: null }, 'Acme is connected'],
    [{ status: 'success', reason: null, replayOf: 11 }, 'Acme is synced again'],
    [{}, 'Acme could not be connected'],
    [{ reason: 'wrong_organization' }, 'Acme was not connected: wrong organization'],
    [{ reason: 'canceled' }, 'Acme was not connected: the transaction was canceled'],
    [{ steps: stored }, 'Acme is connected, but not everything worked'],
    [{ steps: steps({ sync_roles: 'failed' }), replayOf: 11 }, 'Acme is connected, but not everything worked'],
    [{ steps: stored, reason: 'canceled' }, 'Acme is connected, but the transaction was canceled'],
    [{ action: 'refresh', status: 'in_progress' }, 'Refreshing Acme'],
    [{ action: 'refresh', status: 'success' }, 'Acme is refreshed'],
    [{ action: 'refresh' }, 'Acme could not be refreshed'],
    [{ action: 'refresh', reason: 'canceled' }, 'The refresh of Acme was canceled'],
  ])('%j: “%s”', (changed, words) => {
    const transaction = { ...connect, ...changed };
    expect(workflows.of(transaction.action).outcome(transaction, 'Acme')).toBe(words);
  });
});

describe('a canceled transaction says what is lost and what stays', () => {
  const cancelRequestedBy = 'ada@meridian.example';
  it.each<[string, Partial<Worded>, string, string]>([
    ['before the code was exchanged', {}, 'Nothing was stored.', 'connect'],
    ['with a grant', { steps: steps({ exchange_code: 'done' }) }, 'The grant was not stored.', 'connect'],
    [
      'with a verified grant',
      { steps: steps({ exchange_code: 'done', verify_organization: 'done', store_tokens: 'skipped' }) },
      'The grant was verified, but not stored.',
      'connect',
    ],
    ['when the tokens were stored', { steps: stored }, 'The tokens stay stored.', 'replay'],
    ['that ran another again', { steps: steps({ sync_roles: 'skipped' }), replayOf: 11 }, 'The tokens stay', 'replay'],
    ['at its very end', { steps: steps({ store_tokens: 'done' }) }, 'All its steps had been done', 'Nothing is left'],
    ['a refresh', { action: 'refresh' }, '', 'refreshes it when it is next due, as a new transaction'],
  ])('%s', (_when, changed, lost, hint) => {
    const failure = workflows.canceled({ ...connect, ...changed, cancelRequestedBy });
    expect(failure.reason).toBe('canceled');
    expect(failure.message).toContain('Transaction canceled by ada@meridian.example.');
    expect(failure.message).toContain(lost);
    expect(failure.hint).toContain(hint);
  });
});

describe('the status in a list', () => {
  const open = { status: 'in_progress', reason: null, completedAt: null, cancelRequestedBy: null } as const;
  const ended = { ...open, completedAt: new Date(0) };
  it.each<[Parameters<typeof markedStatus>[0], string]>([
    [{ ...open, status: 'queued' }, '▫️ Queued'],
    [open, '⏳ In Progress'],
    [{ ...open, cancelRequestedBy: 'ada' }, '⏳ In Progress, cancellation requested'],
    [{ ...ended, status: 'success' }, '✅ Success'],
    [{ ...ended, status: 'fail', reason: 'http_403' }, '❌ Fail'],
    [{ ...ended, status: 'fail', reason: 'canceled', cancelRequestedBy: 'ada' }, '❌ Fail, canceled'],
  ])('%j is “%s”', (transaction, words) => {
    expect(markedStatus(transaction)).toBe(words);
  });

  it('tells of a wish only as long as it is open', () => {
    expect(cancellationWords(open)).toBeNull();
    expect(cancellationWords({ ...open, cancelRequestedBy: 'ada' })).toContain('ada requested cancellation');
    expect(cancellationWords({ ...ended, cancelRequestedBy: 'ada' })).toBeNull();
  });
});
