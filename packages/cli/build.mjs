// Bundles the command line into one file, straight from the TypeScript sources of both packages.
import { chmod, copyFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const core = join(here, '../core');
const outfile = process.argv[2] ?? join(here, 'dist/sentinel.mjs');
const { version } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));

await build({
  entryPoints: [join(here, 'src/main.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Names stay: a stack trace in a bug report has to be readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  // One byte for each character: V8 then keeps the source in half the memory.
  charset: 'ascii',
  logLevel: 'warning',
  alias: {
    '@sentinel/core/node': join(core, 'node/index.ts'),
    '@sentinel/core': join(core, 'src/index.ts'),
    // The same code as modules: its CommonJS form cannot be thinned out, and the writing half of it is not used.
    yaml: join(dirname(fileURLToPath(import.meta.resolve('yaml/package.json'))), 'browser/index.js'),
  },
  define: { SENTINEL_VERSION: JSON.stringify(version) },
  banner: {
    // commander is CommonJS and asks for Node's own modules with require.
    js: "#!/usr/bin/env node\nimport{createRequire as sentinelCreateRequire}from'node:module';const require=sentinelCreateRequire(import.meta.url);",
  },
});
await chmod(outfile, 0o755);
await copyFile(join(here, '../../schemas/policy.schema.json'), join(dirname(outfile), 'policy.schema.json'));
