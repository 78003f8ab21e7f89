// Prints what failed, a line each, and the run in one last line: `N passed, N failed` (and skipped, where any were).
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';

/** A failure's beginning: the whole of it stands further up. */
const mostCharacters = 200;

export default class SummaryReporter implements Reporter {
  private summary: string | undefined;
  private failures: string[] = [];

  onInit(vitest: Vitest): void {
    // The other reporters print their own endings after the run; these lines come when all of them are through.
    vitest.onClose(() => {
      if (this.summary !== undefined) {
        process.stdout.write([...this.failures, this.summary, ''].join('\n'));
      }
    });
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<SerializedError>): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    this.failures = unhandledErrors.map((error) => failure('outside of every test', [error]));
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        if (state === 'passed') {
          passed += 1;
        } else if (state === 'skipped') {
          skipped += 1;
        } else {
          // Failed, or never finished.
          failed += 1;
          this.failures.push(failure(`${placeOf(module)} > ${test.fullName}`, errors));
        }
      }
      // A file that does not load and a hook that fails have no test to count, and are failures all the same.
      for (const { place, errors } of [
        { place: placeOf(module), errors: module.errors() },
        ...Array.from(module.children.allSuites(), (suite) => ({
          place: `${placeOf(module)} > ${suite.fullName}`,
          errors: suite.errors(),
        })),
      ]) {
        failed += errors.length;
        if (errors.length > 0) this.failures.push(failure(place, errors));
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

const placeOf = ({ project, relativeModuleId }: TestModule): string => `${project.name}: ${relativeModuleId}`;

function failure(place: string, errors: readonly SerializedError[]): string {
  const why = errors.map(({ message }) => message.replaceAll(/\s+/g, ' ').slice(0, mostCharacters)).join('; ');
  return `Failed: ${place}: ${why || 'never finished'}`;
}
