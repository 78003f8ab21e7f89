// Runs before each test file: files that run one after the other in a process share its modules.
import { afterEach } from 'vitest';
import { forgetFailures, noteFailure } from './failures.ts';

forgetFailures();
afterEach(({ task }) => {
  if (task.result?.state === 'fail') noteFailure();
});
