import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    globalSetup: 'test/support/quick-folder.ts',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // Nothing leaks from one file into the next: no module here keeps anything, and each test brings its own store. Loading
    // everything anew for each file takes a third of the processor's time.
    isolate: false,
  },
});
