// What is typed behind `migrate` about a fall-back.
import { expect, it } from 'vitest';
import { readFallBack, readFallBackArgument } from '../../src/connections/migrate/migrate-rules.ts';

it.each([
  ['acme fallback partner', { name: 'acme', fallBack: 'partner' }],
  ['Acme Robotics fall-back to service app', { name: 'Acme Robotics', fallBack: 'service_app' }],
  ['acme Fall back NONE', { name: 'acme', fallBack: 'none' }],
  ['fallback fallback service-app', { name: 'fallback', fallBack: 'service_app' }],
  ['fallback partner', undefined],
  ['acme fallback consent', undefined],
  ['acme fallback', undefined],
  ['acme partner', undefined],
])('%s', (typed, expected) => {
  expect(readFallBackArgument(typed)).toEqual(expected);
});

it.each([
  ['partner', 'partner'],
  ['none', 'none'],
  ['consent', undefined],
  [7, undefined],
])('a button that sends %s', (sent, expected) => {
  expect(readFallBack(sent)).toBe(expected);
});
