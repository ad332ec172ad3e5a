import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A run of its own, beside the tests: what the fuzz reaches of the core, counted by V8 and mapped to the sources.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['oracles/fuzz/coverage.run.ts'],
    pool: 'forks',
    testTimeout: 3_600_000,
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['packages/core/src/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['json-summary'],
      reportsDirectory: '.cache/fuzz/coverage',
    },
  },
});
