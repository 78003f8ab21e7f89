// Loaded with every test file: knows whether a test of the file failed, so that its data can be kept.
import { afterEach } from 'vitest';

let failed = false;

afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});

/** Whether a test of this file has failed so far. */
export function anyTestFailed(): boolean {
  return failed;
}
