// Prints the run in one last line: `N passed, N failed` (and skipped, where any were).
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';

export default class SummaryReporter implements Reporter {
  private summary: string | undefined;

  onInit(vitest: Vitest): void {
    // The other reporters print their own endings after the run; this line comes when all of them are through.
    vitest.onClose(() => {
      if (this.summary !== undefined) {
        process.stdout.write(`${this.summary}\n`);
      }
    });
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<SerializedError>): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') {
          passed += 1;
        } else if (state === 'skipped') {
          skipped += 1;
        } else {
          // Failed, or never finished.
          failed += 1;
        }
      }
      // A file that does not load and a hook that fails have no test to count, and are failures all the same.
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) {
        failed += suite.errors().length;
      }
    }
    if (passed + failed + skipped === 0) {
      failed = 1;
    }
    if (failed > 0) {
      process.exitCode = 1;
    }
    this.summary = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  }
}
