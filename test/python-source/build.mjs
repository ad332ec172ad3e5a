// Bundles batch.ts, or the file that is named, straight from the core's TypeScript sources.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: [join(here, process.argv[3] ?? 'batch.ts')],
  outfile: process.argv[2] ?? join(here, '../../.cache/python-source/batch.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
});
