// Job ids that follow from the work.
import { expect, it } from 'vitest';
import { jobIdFor } from '../../src/db/jobs/job-id.ts';

const at = (time: string) => new Date(`2026-03-01T${time}Z`);
const periodMs = 10 * 60_000;

it('is one UUID for the same work in the same period, and another for other work or later', () => {
  const id = jobIdFor('inbox a', { now: at('12:00:00'), periodMs });
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(jobIdFor('inbox a', { now: at('12:09:59'), periodMs })).toBe(id);
  expect(jobIdFor('inbox a', { now: at('12:10:00'), periodMs })).not.toBe(id);
  expect(jobIdFor('inbox b', { now: at('12:00:00'), periodMs })).not.toBe(id);
});
