// Makes the dump of this version and the record of its statements: `npm run version-before`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    include: ['test/process/version-before/make.ts'],
    globalSetup: ['test/process/version-before/recording-server.ts'],
    setupFiles: ['test/helpers/each-file.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
  },
});
