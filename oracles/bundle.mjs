// Bundles a TypeScript program of the tests, straight from the core's sources: node oracles/bundle.mjs SOURCE.ts OUT.mjs
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const core = join(dirname(fileURLToPath(import.meta.url)), '../packages/core');
const [source, outfile] = process.argv.slice(2);
if (source === undefined || outfile === undefined) throw new Error('usage: node oracles/bundle.mjs SOURCE.ts OUT.mjs');

await build({
  entryPoints: [source],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  alias: {
    '@artifact-sentinel/core/internal': join(core, 'src/internal.ts'),
    '@artifact-sentinel/core': join(core, 'src/index.ts'),
  },
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
});
