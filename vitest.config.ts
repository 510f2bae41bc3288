import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take longer than the length of their files says. */
const long =
  /\/test\/(simulation\/|e2e\/(pilot|fuzz|resilience|warm-start|unreachable-slack)\b|outbox\/kill\b)/;

/** Begun last, one of the long files would keep one worker busy while the other has nothing left. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
    // Node strips the types, as for the program itself, and what it has compiled serves the next run. Nothing is mocked.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    sequence: { sequencer: LongFirst },
  },
});
