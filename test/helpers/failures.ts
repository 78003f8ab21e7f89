// Knows whether a test of the file under way failed, so that its data can be kept.

let failed = false;

export function noteFailure(): void {
  failed = true;
}

export function forgetFailures(): void {
  failed = false;
}

/** Whether a test of this file has failed so far. */
export function anyTestFailed(): boolean {
  return failed;
}
