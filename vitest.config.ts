import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // The TypeScript sources, so that a test never sees a stale build. The longer name first: the first match counts.
    alias: [
      { find: '@artifact-sentinel/core/internal', replacement: at('packages/core/src/internal.ts') },
      { find: '@artifact-sentinel/core/node/internal', replacement: at('packages/core/node/internal.ts') },
      { find: '@artifact-sentinel/core/node', replacement: at('packages/core/node/index.ts') },
      { find: '@artifact-sentinel/sources/node', replacement: at('packages/sources/node/index.ts') },
      { find: '@artifact-sentinel/sources', replacement: at('packages/sources/src/index.ts') },
      { find: '@artifact-sentinel/gate', replacement: at('packages/gate/src/index.ts') },
      { find: '@artifact-sentinel/core', replacement: at('packages/core/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/**/*.test.ts', 'oracles/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist*/**', '**/.cache/**'],
    // The folder first, for the second writes into it.
    globalSetup: ['oracles/temporary-folder.ts', 'oracles/built-command.ts', 'oracles/built-fleet.ts'],
    setupFiles: ['oracles/property-seed.ts'],
    pool: 'forks',
    // No module keeps what a test could see (packages/core/test/sources/state.test.ts): files share what they have imported.
    isolate: false,
    // More than there are cores: a third of the time the tests wait for processes and deadlines.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // A tenth less of the processor's time: most of what tests allocate is gone before the next collection.
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters:
      process.env['CI'] === undefined
        ? ['default']
        : ['default', ['json', { outputFile: process.env['TEST_REPORT'] ?? '.cache/tests.json' }]],
  },
});
