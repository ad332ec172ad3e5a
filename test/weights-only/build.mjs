// Bundles batch.ts, straight from the core's TypeScript sources.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const core = join(here, '../../packages/core');

await build({
  entryPoints: [join(here, 'batch.ts')],
  outfile: process.argv[2] ?? join(here, '../../.cache/weights-only/batch.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  alias: { '@sentinel/core': join(core, 'src/index.ts') },
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
});
