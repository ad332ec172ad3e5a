// Runs the examples of the library, word for word as they stand in README.md and docs/library.md. `--package` runs them
// against the built package instead of the sources; oracles/install against the packed one.
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { examplesOf, runExample } from './examples.mjs';

const core = join(dirname(fileURLToPath(import.meta.url)), '../packages/core');
const PAGES = ['README.md', 'docs/library.md'];

async function bundle(folder) {
  await build({
    entryPoints: [join(folder, 'calls.mjs')],
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    alias: {
      '@artifact-sentinel/core/internal': join(core, 'src/internal.ts'),
      '@artifact-sentinel/core/node': join(core, 'node/index.ts'),
      '@artifact-sentinel/core': join(core, 'src/index.ts'),
    },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return 'bundle.mjs';
}

function link(folder) {
  mkdirSync(join(folder, 'node_modules/@artifact-sentinel'), { recursive: true });
  symlinkSync(core, join(folder, 'node_modules/@artifact-sentinel/core'));
}

const prepare = process.argv.includes('--package') ? link : bundle;
const examples = PAGES.flatMap(examplesOf);
if (examples.length < 6) throw new Error(`only ${examples.length} examples were found`);
for (const example of examples) {
  const stdout = await runExample(example, { prepare });
  console.log(`${example.name}: ${stdout.split('\n').length - 1} lines`);
}
