// What a transaction does next follows from its steps alone, also where a crash left one running.
import { describe, expect, it } from 'vitest';
import { decideNextMove, type StepStatus } from '../../src/transactions/transaction.ts';
import { workflows } from '../helpers/registry.ts';

const steps = (...statuses: StepStatus[]) => statuses.map((status, index) => ({ position: index + 1, status }));

describe('decideNextMove', () => {
  it.each<[string, StepStatus[], number]>([
    ['nothing has been done', ['waiting', 'waiting', 'waiting'], 1],
    ['the first step is done', ['done', 'waiting', 'waiting'], 2],
    ['a step was cut off', ['done', 'running', 'waiting'], 2],
    ['a step was cut off before one that waits', ['running', 'waiting', 'waiting'], 1],
    ['a step failed and others remain', ['done', 'failed', 'waiting'], 3],
    ['a step was skipped', ['skipped', 'waiting', 'waiting'], 2],
    ['the last step was cut off', ['done', 'done', 'running'], 3],
  ])('runs the first open step where %s', (_where, statuses, position) => {
    expect(decideNextMove(steps(...statuses))).toEqual({ act: 'run', position });
  });

  it.each<[string, StepStatus[], 'success' | 'fail']>([
    ['all are done', ['done', 'done'], 'success'],
    ['some were skipped', ['done', 'skipped'], 'success'],
    ['all were skipped', ['skipped', 'skipped'], 'success'],
    ['one failed on the way', ['done', 'failed', 'done'], 'fail'],
    ['the last one failed', ['done', 'done', 'failed'], 'fail'],
    ['there is no step at all', [], 'success'],
  ])('ends where %s', (_where, statuses, status) => {
    expect(decideNextMove(steps(...statuses))).toEqual({ act: 'finish', status });
  });

  it('goes by the positions that are stored, whatever they count from', () => {
    const move = decideNextMove([
      { position: 0, status: 'done' },
      { position: 7, status: 'waiting' },
    ]);
    expect(move).toEqual({ act: 'run', position: 7 });
  });
});

describe('the steps of a connect', () => {
  it('each have a title, and are known by their names alone', () => {
    const names = workflows.stepNames('connect');
    expect(names).toEqual([
      'exchange_code',
      'verify_organization',
      'store_tokens',
      'list_managed',
      'sync_roles',
      'sync_licenses',
      'sync_locations',
      'sync_wholesale',
      'sync_subscribers',
      'sync_contact_center',
    ]);
    for (const name of names) expect(workflows.step(name)?.title).toMatch(/^[A-Z]/);
    for (const other of ['', 'toString', 'Exchange_code', 'sync_weather']) {
      expect(workflows.step(other)).toBeUndefined();
      expect(workflows.stepTitle(other)).toBe(other);
    }
  });
});
